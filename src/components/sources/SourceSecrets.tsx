'use client'

import type { PresetItem, SecretItem, SourceDetail } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { formatCount } from '../format'
import { Time } from '../time'
import { Badge } from '../ui/badge'
import { RevokeSecret } from './RevokeSecret'
import { RotateSecret } from './RotateSecret'
import { secretState } from './secret-state'

type SourceSecretsProps = { detail: SourceDetail; preset: PresetItem | null; renderedAt: string }

const heads = ['Name', 'Ends in', 'State', 'Created', 'Last used', 'Uses', 'Expires']

/** The secrets of a source, none of them in full, and how to change to another. */
export function SourceSecrets({ detail: { source, secrets }, preset, renderedAt }: SourceSecretsProps) {
  if (preset?.secret === null) {
    return <p className="text-form">{preset.name} signs with keys that it publishes. There is no secret to keep.</p>
  }
  const live = secrets.filter((secret) => secretState(secret, renderedAt).label === 'Live')
  return (
    <>
      {preset?.secret && <RotateSecret slug={source.slug} kind={preset.secret} live={live} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens */}
      <section className="relative min-w-0 overflow-x-auto" tabIndex={0} aria-label="Secrets">
        <table className="w-full min-w-[760px] text-left">
          <thead className="text-ink-2 text-meta">
            <tr className="border-line border-b">
              {heads.map((head) => (
                <th key={head} scope="col" className="px-3 py-2 font-medium first:pl-0">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {secrets.map((secret) => (
              <SecretRow key={secret.id} secret={secret} slug={source.slug} live={live} renderedAt={renderedAt} />
            ))}
          </tbody>
        </table>
        {secrets.length === 0 && <p className="py-3 text-form">There is none yet: everything is refused.</p>}
      </section>
    </>
  )
}

type SecretRowProps = { secret: SecretItem; slug: string; live: readonly SecretItem[]; renderedAt: string }

function SecretRow({ secret, slug, live, renderedAt }: SecretRowProps) {
  const { label, tone } = secretState(secret, renderedAt)
  return (
    <tr className="h-11 border-line border-b">
      <th scope="row" className="max-w-48 truncate px-3 pl-0 font-medium">
        {secret.name === '' ? <Absent /> : <bdi>{visibleText(secret.name)}</bdi>}
      </th>
      <td className="px-3 font-mono text-meta">{secret.hint === '' ? <Absent /> : `…${visibleText(secret.hint)}`}</td>
      <td className="px-3">
        <Badge tone={tone}>{label}</Badge>
      </td>
      <td className="whitespace-nowrap px-3">
        <Time at={secret.createdAt} renderedAt={renderedAt} />
      </td>
      <td className="whitespace-nowrap px-3">
        {secret.lastUsedAt === null ? <Absent /> : <Time at={secret.lastUsedAt} renderedAt={renderedAt} />}
      </td>
      <td className="px-3">{formatCount(secret.uses)}</td>
      <td className="whitespace-nowrap px-3">
        {secret.expiresAt === null ? 'never' : <Time at={secret.expiresAt} renderedAt={renderedAt} />}
      </td>
      <td className="px-3 text-right">
        {label === 'Live' &&
          (secret.isFromEnvironment ? (
            <span className="text-ink-2 text-meta">In the environment</span>
          ) : (
            <RevokeSecret secret={secret} slug={slug} isLastLive={live.length === 1} renderedAt={renderedAt} />
          ))}
      </td>
    </tr>
  )
}
