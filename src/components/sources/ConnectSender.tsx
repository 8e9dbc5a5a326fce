'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { PresetItem } from '@/lib/sources/schemas'
import { CopiedLine } from '../copied-line'
import { Button, buttonClass } from '../ui/button'
import { FirstCallback } from './FirstCallback'
import { PasteSecret } from './PasteSecret'
import { SetUpSteps } from './SetUpSteps'

type ConnectSenderProps = { preset: PresetItem; webhookUrl: string; slug: string; secret: string | null }

/** What to paste where, the secret this once, and then the wait for the first callback. */
export function ConnectSender({ preset, webhookUrl, slug, secret }: ConnectSenderProps) {
  const [isReady, setIsReady] = useState(preset.secret === null)
  return (
    <div className="grid gap-6">
      <SetUpSteps preset={preset} webhookUrl={webhookUrl} />
      {secret !== null && (
        <div className="grid gap-2">
          <h2 className="font-medium text-form">Secret</h2>
          <CopiedLine text={secret} label="secret" />
          <p className="text-ink-2 text-meta">It is shown this once, and kept sealed.</p>
          {!isReady && (
            <Button className="justify-self-start" onClick={() => setIsReady(true)}>
              I have stored it
            </Button>
          )}
        </div>
      )}
      {secret === null && preset.secret !== null && !isReady && (
        <PasteSecret slug={slug} example={preset.secret.example} onDone={() => setIsReady(true)} />
      )}
      {isReady && <FirstCallback slug={slug} />}
      <Link href={`/sources/${slug}`} className={buttonClass('secondary', 'justify-self-start')}>
        Go to the source
      </Link>
    </div>
  )
}
