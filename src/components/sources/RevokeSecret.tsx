'use client'

import { useState } from 'react'
import { revokeSecret } from '@/app/actions/sources'
import type { SecretItem } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { useAction } from '../admins/use-action'
import { formatCount } from '../format'
import { showResult } from '../results/results'
import { Time } from '../time'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { secretName } from './secret-state'
import { TypedSlug } from './TypedSlug'

type RevokeSecretProps = { secret: SecretItem; slug: string; isLastLive: boolean; renderedAt: string }

/** Ends a secret, once it was said what that means. */
export function RevokeSecret({ secret, slug, isLastLive, renderedAt }: RevokeSecretProps) {
  const [isAsking, setIsAsking] = useState(false)
  const [isTyped, setIsTyped] = useState(false)
  const { run, isPending, error } = useAction(revokeSecret)
  const name = visibleText(secretName(secret))

  async function revoke() {
    if (!(await run(slug, secret.id))) return
    setIsAsking(false)
    showResult(`${name} is revoked.`)
  }

  return (
    <>
      <Button look="secondary" className="h-7 px-2" aria-label={`Revoke ${name}`} onClick={() => setIsAsking(true)}>
        Revoke
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Revoke ${name}?`}
        description={
          <>
            {secret.lastUsedAt === null ? (
              'It has verified nothing yet. '
            ) : (
              <>
                It verified {formatCount(secret.uses)} deliveries, the last one{' '}
                <Time at={secret.lastUsedAt} renderedAt={renderedAt} /> ago.{' '}
              </>
            )}
            Senders that still use it get 401 within a second; a sender that gives up loses those callbacks.
            {isLastLive && ' It is the last live one: nothing is taken any more.'}
          </>
        }
      >
        {isLastLive && <TypedSlug slug={slug} onTyped={setIsTyped} />}
        {error !== null && (
          <p role="alert" className="text-danger">
            {error}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button look="secondary" onClick={() => setIsAsking(false)}>
            Keep it
          </Button>
          <Button onClick={revoke} disabled={isLastLive && !isTyped} aria-disabled={isPending}>
            Revoke secret
          </Button>
        </div>
      </Dialog>
    </>
  )
}
