'use client'

import { useState } from 'react'
import type { PresetItem } from '@/lib/sources/schemas'
import { PageHeader } from '../page-header'
import { ChooseSender } from './ChooseSender'
import { ConnectSender } from './ConnectSender'
import { NameSource } from './NameSource'

type NewSourcePageProps = { presets: readonly PresetItem[]; webhookBase: string }

/** From a kind of sender to its first callback, in three steps. */
export function NewSourcePage({ presets, webhookBase }: NewSourcePageProps) {
  const [preset, setPreset] = useState<PresetItem | null>(null)
  const [made, setMade] = useState<{ slug: string; secret: string | null } | null>(null)
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="New source" />
      <div className="max-w-[760px] p-4 md:p-6">
        {preset === null ? (
          <ChooseSender presets={presets} onChoose={setPreset} />
        ) : made === null ? (
          <NameSource preset={preset} webhookBase={webhookBase} onBack={() => setPreset(null)} onMade={setMade} />
        ) : (
          <ConnectSender preset={preset} webhookUrl={webhookBase + made.slug} slug={made.slug} secret={made.secret} />
        )}
      </div>
    </div>
  )
}
