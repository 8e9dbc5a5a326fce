'use client'

import type { FormEvent } from 'react'
import { addSourceSecret } from '@/app/actions/sources'
import { useAction } from '../admins/use-action'
import { PasswordInput } from '../password-input'
import { Button } from '../ui/button'
import { Label } from '../ui/label'

type PasteSecretProps = { slug: string; example: string; onDone: () => void }

/** Takes the secret that the sender made. It is never shown again. */
export function PasteSecret({ slug, example, onDone }: PasteSecretProps) {
  const { run, isPending, error } = useAction(addSourceSecret)

  async function give(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const secret = String(new FormData(event.currentTarget).get('secret'))
    if (await run({ source: slug, secret })) onDone()
  }

  return (
    <form onSubmit={give} className="grid max-w-[420px] gap-3">
      <div className="grid gap-1">
        <Label htmlFor="pasted-secret">The sender’s secret</Label>
        <PasswordInput
          id="pasted-secret"
          name="secret"
          what="secret"
          required
          autoComplete="off"
          aria-describedby="pasted-secret-hint"
        />
        <p id="pasted-secret-hint" className="text-ink-2 text-meta">
          It looks like {example}. It is kept sealed and not shown again.
        </p>
        {error !== null && (
          <p role="alert" className="text-danger text-meta">
            {error}
          </p>
        )}
      </div>
      <Button type="submit" className="justify-self-start" aria-disabled={isPending}>
        Keep the secret
      </Button>
    </form>
  )
}
