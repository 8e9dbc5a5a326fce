import { randomUUID } from 'node:crypto'
import { desc } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { signDelivery } from '@/lib/signatures/sign-delivery'
import { isLiveSecretOf } from './live-secret'
import { presetOf } from './preset-of'
import { requireSource } from './require-source'
import { openSecret } from './seal'
import { builtInSlug, webhookPath } from './source'
import { schemesFor, sourceSettingsSchema } from './source-settings'
import { testKey } from './test-key'

type TestDeliveryInput = {
  slug: string
  callboardSecret: string
  webhookSecrets: readonly string[]
  /** Under which senders know the source. */
  webhookUrl: string
  now: Date
}

/** A request to a source's webhook; `target` is its path and query. Before `notBefore` a replica may not know the source and its secret yet. */
export type TestDelivery = { target: string; headers: Record<string, string>; body: Buffer; notBefore: Date }

/** As long as a replica may take to notice a change, and a little more. */
const knownAfterMs = 1_000

/**
 * Makes a delivery as the sender of a source would: its shape, and a signature that is as good as the sender's.
 * @throws AppError `not_found`; `invalid_request` where the source has no secret, or only its sender can sign
 */
export async function makeTestDelivery(db: Database, input: TestDeliveryInput): Promise<TestDelivery> {
  const { slug, callboardSecret, webhookUrl, now } = input
  const row = await requireSource(db, slug)
  const preset = presetOf(row.preset)
  const settings = sourceSettingsSchema.parse(row.settings)
  const { secret, since } = preset.secret
    ? await liveSecret(db, input)
    : { secret: testKey(callboardSecret), since: row.updatedAt }
  const notBefore = new Date(Math.max(since.getTime(), row.updatedAt.getTime()) + knownAfterMs)
  const body = Buffer.from(JSON.stringify(preset.sample({ id: `test-${randomUUID()}`, now })))
  const url = settings.url ?? webhookUrl
  for (const scheme of schemesFor(preset, settings)) {
    const signed = await signDelivery(scheme, { body, secret, url, messageId: `msg_${randomUUID()}`, now })
    if (!signed) continue
    const headers = { 'content-type': 'application/json', ...signed.headers }
    return { target: webhookPath(slug) + signed.query, headers, body, notBefore }
  }
  throw new AppError(
    'invalid_request',
    `Only ${preset.name} itself can sign for this source. Send its own test from there.`,
  )
}

type LiveSecret = { secret: string; since: Date }

async function liveSecret(
  db: Database,
  { slug, callboardSecret, webhookSecrets }: TestDeliveryInput,
): Promise<LiveSecret> {
  const [fromEnvironment] = slug === builtInSlug ? webhookSecrets : []
  if (fromEnvironment) return { secret: fromEnvironment, since: new Date(0) }
  const rows = await db
    .select({ id: sourceSecrets.id, sealed: sourceSecrets.sealed, createdAt: sourceSecrets.createdAt })
    .from(sourceSecrets)
    .where(isLiveSecretOf(slug))
    .orderBy(desc(sourceSecrets.createdAt))
  for (const { id, sealed, createdAt } of rows) {
    const secret = sealed && openSecret(sealed, { callboardSecret, source: slug, secretId: id })
    if (secret) return { secret, since: createdAt }
  }
  throw new AppError('invalid_request', 'The source has no live secret to sign with. Add one first.')
}
