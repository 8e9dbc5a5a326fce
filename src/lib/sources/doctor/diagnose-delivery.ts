import { eq, isNotNull } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets, sources } from '@/db/schema'
import { diagnose, type Finding, type KnownSecret } from '@/lib/signatures/diagnose'
import { noSuchSource } from '../change-source'
import { presetOf } from '../preset-of'
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
  delivery: CapturedDelivery
}

/**
 * What is wrong with a delivery that was refused, and what to change. Besides the source's live secrets its former ones and those of
 * other sources are tried; none is ever told, only what it is called.
 * @throws AppError `not_found` where there is no such source
 */
export async function diagnoseDelivery(db: Database, input: DoctorInput): Promise<Finding[]> {
  const { slug, webhookUrl, delivery } = input
  const [row] = await db.select().from(sources).where(eq(sources.slug, slug))
  if (!row) throw noSuchSource()
  const settings = sourceSettingsSchema.parse(row.settings)
  return diagnose({
    schemes: schemesFor(presetOf(row.preset), settings),
    headerNames: Object.keys(delivery.headers),
    request: { header: (name) => delivery.headers[name] ?? null, target: delivery.target },
    body: delivery.body,
    now: delivery.receivedAt,
    secrets: await knownSecrets(db, input),
    url: settings.url ?? webhookUrl,
  })
}

async function knownSecrets(
  db: Database,
  { slug, callboardSecret, webhookSecrets, delivery }: DoctorInput,
): Promise<KnownSecret[]> {
  const rows = await db.select().from(sourceSecrets).where(isNotNull(sourceSecrets.sealed))
  const known = rows.flatMap(({ id, source, name, hint, sealed, revokedAt, expiresAt }): KnownSecret[] => {
    const secret = sealed && openSecret(sealed, { callboardSecret, source, secretId: id })
    if (!secret) return []
    const called = ['the secret', name && `“${name}”`, hint && `…${hint}`].filter(Boolean).join(' ')
    const isExpired = expiresAt !== null && expiresAt <= delivery.receivedAt
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
