import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets, sources } from '@/db/schema'
import { presets } from '@/lib/presets/presets'
import type { SignatureScheme } from '@/lib/signatures/scheme'
import { createVerifier, type LiveSecret, type Trust } from '@/lib/signatures/verifier'
import { fingerprintOf, openSecret } from './seal'
import { builtInSlug, type Source } from './source'
import { schemesFor, sourceSettingsSchema } from './source-settings'

export type LoadInput = {
  /** LLM_WEBHOOK_SECRET's. */
  webhookSecrets: readonly string[]
  callboardSecret: string
  /** Under which senders know a source. */
  webhookUrl: (slug: string) => string
  publishedKeys: Trust['publishedKeys']
  /** Told of what can't be used as it stands in the database; the message holds no secret. */
  onProblem: (problem: { source: string; secretId?: string }, message: string) => void
}

/** Reads the enabled sources with their live secrets, each ready to verify with. One that can't be used is reported and left out. */
export async function loadSources(db: Database, input: LoadInput): Promise<Map<string, Source>> {
  const rows = await db.select().from(sources).where(eq(sources.enabled, true))
  const slugs = rows.map(({ slug }) => slug)
  const kept = await db
    .select()
    .from(sourceSecrets)
    .where(and(inArray(sourceSecrets.source, slugs), isNull(sourceSecrets.revokedAt)))
  const loaded: Source[] = []
  for (const { slug, preset: presetId, settings: stored, debugUntil } of rows) {
    const preset = presets.get(presetId)
    const settings = sourceSettingsSchema.safeParse(stored)
    if (!preset || !settings.success) {
      input.onProblem({ source: slug }, 'a source has a preset or settings that this version does not know: left out')
      continue
    }
    const own = kept.filter(({ source }) => source === slug)
    const secrets = [
      ...(slug === builtInSlug ? await environmentSecrets(db, own, input) : []),
      ...own.flatMap((row) => openRow(row, input)),
    ]
    const { url, audience = null } = settings.data
    for (const jwksUrl of jwksUrlsOf(preset.schemes)) input.publishedKeys(jwksUrl)
    const trust = { secrets, publishedKeys: input.publishedKeys, url: () => url ?? input.webhookUrl(slug), audience }
    loaded.push({ slug, preset, verify: createVerifier(schemesFor(preset, settings.data), trust), debugUntil })
  }
  return new Map(loaded.map((source) => [source.slug, source]))
}

/** Asked for once here, so that they are there when the first delivery is. */
function jwksUrlsOf(schemes: readonly SignatureScheme[]): string[] {
  return schemes.flatMap((scheme) => ('key' in scheme && typeof scheme.key === 'object' ? [scheme.key.jwksUrl] : []))
}

type SecretRow = typeof sourceSecrets.$inferSelect

function openRow({ id, source, sealed, expiresAt }: SecretRow, input: LoadInput): LiveSecret[] {
  if (!sealed) return []
  const secret = openSecret(sealed, { callboardSecret: input.callboardSecret, source, secretId: id })
  if (secret !== null) return [{ id, secret, expiresAt }]
  input.onProblem({ source, secretId: id }, 'a secret was sealed under another CALLBOARD_SECRET and verifies nothing')
  return []
}

/**
 * Gives each secret of the environment its lasting id, so that a callback can say which one verified it. The table holds a keyed
 * fingerprint; the secret itself never leaves the environment.
 */
async function environmentSecrets(db: Database, known: readonly SecretRow[], input: LoadInput): Promise<LiveSecret[]> {
  const wanted = input.webhookSecrets.map((secret) => ({
    secret,
    fingerprint: fingerprintOf(secret, input.callboardSecret),
  }))
  const isKnown = (fingerprint: Buffer) => known.some((row) => row.fingerprint.equals(fingerprint))
  const missing = wanted.filter(({ fingerprint }) => !isKnown(fingerprint))
  let rows = known
  // Only where one is missing: even an insert of nothing would count the revision up, and have every replica read all again.
  if (missing.length > 0) {
    await db
      .insert(sourceSecrets)
      .values(missing.map(({ fingerprint }) => ({ source: builtInSlug, fingerprint, name: 'LLM_WEBHOOK_SECRET' })))
      .onConflictDoNothing()
    rows = await db.select().from(sourceSecrets).where(eq(sourceSecrets.source, builtInSlug))
  }
  return wanted.flatMap(({ secret, fingerprint }) => {
    const row = rows.find((one) => one.fingerprint.equals(fingerprint))
    return row && row.sealed === null ? [{ id: row.id, secret }] : []
  })
}
