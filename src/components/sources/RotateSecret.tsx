'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addSourceSecret, revokeSecret } from '@/app/actions/sources'
import type { PresetItem, SecretItem, SourceDetail } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { useAction } from '../admins/use-action'
import { CopiedLine } from '../copied-line'
import { fetchJson } from '../data/fetch-json'
import { formatCount } from '../format'
import { PasswordInput } from '../password-input'
import { showResult } from '../results/results'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { secretName } from './secret-state'

const lookEveryMs = 1_000

type RotateSecretProps = {
  slug: string
  kind: NonNullable<PresetItem['secret']>
  live: readonly SecretItem[]
}

/** One more secret, the wait until the sender uses it, and the end of the old one: so that nothing is refused in between. */
export function RotateSecret({ slug, kind, live }: RotateSecretProps) {
  const [added, setAdded] = useState<{ id: string; made: string | null; old: readonly SecretItem[] } | null>(null)
  const { run, isPending, error } = useAction(addSourceSecret)

  async function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const secret = String(data.get('secret'))
    const expires = String(data.get('expires'))
    const answer = await run({
      source: slug,
      name: String(data.get('name')),
      ...(secret !== '' && { secret }),
      ...(expires !== '' && { expiresAt: new Date(expires).toISOString() }),
    })
    if (answer) setAdded({ ...answer.value, old: live.filter((one) => !one.isFromEnvironment) })
  }

  const isTheirs = kind.madeBy === 'sender'
  if (added) return <RotationUnderWay slug={slug} {...added} onDone={() => setAdded(null)} />
  return (
    <form onSubmit={add} className="grid max-w-[420px] gap-3">
      <h2 className="font-medium text-form">
        {live.length === 0 ? 'Give it a secret' : 'Rotate: add the next secret'}
      </h2>
      <div className="grid gap-1">
        <Label htmlFor="secret-name">Name</Label>
        <Input id="secret-name" name="name" maxLength={80} autoComplete="off" placeholder="e.g. November" />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="new-secret">The sender’s secret</Label>
        <PasswordInput
          id="new-secret"
          name="secret"
          what="secret"
          required={isTheirs}
          autoComplete="off"
          aria-describedby="new-secret-hint"
        />
        <p id="new-secret-hint" className="text-ink-2 text-meta">
          {isTheirs ? `It looks like ${kind.example}.` : 'Left empty, one is made here.'}
        </p>
      </div>
      <div className="grid gap-1">
        <Label htmlFor="secret-expires">Ends by itself</Label>
        <Input id="secret-expires" name="expires" type="datetime-local" aria-describedby="secret-expires-hint" />
        <p id="secret-expires-hint" className="text-ink-2 text-meta">
          Left empty, it stays live until it is revoked.
        </p>
      </div>
      {error !== null && (
        <p role="alert" className="text-danger text-meta">
          {error}
        </p>
      )}
      <Button type="submit" look="secondary" className="justify-self-start" aria-disabled={isPending}>
        Add the secret
      </Button>
    </form>
  )
}

type UnderWayProps = {
  slug: string
  id: string
  made: string | null
  old: readonly SecretItem[]
  onDone: () => void
}

function RotationUnderWay({ slug, id, made, old, onDone }: UnderWayProps) {
  const { data } = useQuery({
    queryKey: ['source', slug],
    queryFn: ({ signal }) => fetchJson<SourceDetail>(`/api/admin/sources/${slug}`, signal),
    refetchInterval: lookEveryMs,
  })
  const uses = data?.secrets.find((secret) => secret.id === id)?.uses ?? 0
  const { run, isPending, error } = useAction(revokeSecret)

  async function revokeOld() {
    for (const secret of old) if (!(await run(slug, secret.id))) return
    showResult(old.length === 1 ? 'The old secret is revoked.' : 'The old secrets are revoked.')
    onDone()
  }

  return (
    <section aria-label="Rotation" className="grid max-w-[560px] gap-4 rounded-card border border-line bg-surface p-4">
      {made !== null && (
        <div className="grid gap-1">
          <h2 className="font-medium text-form">1. Store it</h2>
          <CopiedLine text={made} label="secret" />
          <p className="text-ink-2 text-meta">It is shown this once. Give it to the sender now.</p>
        </div>
      )}
      <p role="status" className="text-form">
        {uses === 0
          ? 'No callback with the new secret yet. Both are taken meanwhile.'
          : `Seen ${formatCount(uses)} ${uses === 1 ? 'callback' : 'callbacks'} with the new secret.`}
      </p>
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {old.length > 0 && (
          <Button disabled={uses === 0} aria-disabled={isPending} onClick={revokeOld}>
            Revoke {old.map((secret) => visibleText(secretName(secret))).join(', ')}
          </Button>
        )}
        <Button look="secondary" onClick={onDone}>
          {old.length > 0 ? 'Keep both for now' : 'Done'}
        </Button>
      </div>
    </section>
  )
}
