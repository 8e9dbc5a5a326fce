import { isNotNull } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets } from '@/db/schema'
import { diagnose, type Finding, type KnownSecret } from '@/lib/signatures/diagnose'
import { presetOf } from '../preset-of'
import { requireSource } from '../require-source'
import { openSecret } from '../seal'
import { builtInSlug } from '../source'
import { schemesFor, sourceSettingsSchema } from '../source-settings'
import type { CapturedDelivery } from './captures'

export type DoctorInput = {
  slug: string
  callboardSecret: string
  webhookSecrets: readonly string[]
  /** Under which senders know the source. */
  webhookUrl: string
}

/**
 * Makes what says what is wrong with deliveries that a source refused, and what to change. Besides its live secrets its former ones and
 * those of other sources are tried; none is ever told, only what it is called.
 * @throws AppError `not_found` where there is no such source
 */
export async function createDoctor(
  db: Database,
  input: DoctorInput,
): Promise<(delivery: CapturedDelivery) => Finding[]> {
  const row = await requireSource(db, input.slug)
  const settings = sourceSettingsSchema.parse(row.settings)
  const schemes = schemesFor(presetOf(row.preset), settings)
  const rows = await db.select().from(sourceSecrets).where(isNotNull(sourceSecrets.sealed))
  return (delivery) =>
    diagnose({
      schemes,
      headerNames: Object.keys(delivery.headers),
      request: { header: (name) => delivery.headers[name] ?? null, target: delivery.target },
      body: delivery.body,
      now: delivery.receivedAt,
      secrets: knownSecrets(rows, input, delivery.receivedAt),
      url: settings.url ?? input.webhookUrl,
    })
}

type SecretRow = typeof sourceSecrets.$inferSelect

function knownSecrets(
  rows: readonly SecretRow[],
  { slug, callboardSecret, webhookSecrets }: DoctorInput,
  at: Date,
): KnownSecret[] {
  const known = rows.flatMap(({ id, source, name, hint, sealed, revokedAt, expiresAt }): KnownSecret[] => {
    const secret = sealed && openSecret(sealed, { callboardSecret, source, secretId: id })
    if (!secret) return []
    const called = ['the secret', name && `“${name}”`, hint && `…${hint}`].filter(Boolean).join(' ')
    const isExpired = expiresAt !== null && expiresAt <= at
    const state = revokedAt ? ', which is revoked' : isExpired ? ', which has expired' : ''
    const place = source === slug ? '' : ` of the source “${source}”`
    const isLive = source === slug && !revokedAt && !isExpired
    return [{ id, secret, known: `${called}${place}${state}`, isLive }]
  })
  const fromEnvironment = webhookSecrets.map((secret, index) => ({
    id: `environment ${index}`,
    secret,
    known:
      slug === builtInSlug ? 'LLM_WEBHOOK_SECRET' : `LLM_WEBHOOK_SECRET, which belongs to the source “${builtInSlug}”`,
    isLive: slug === builtInSlug,
  }))
  return [...fromEnvironment, ...known].sort((a, b) => Number(b.isLive) - Number(a.isLive))
}
