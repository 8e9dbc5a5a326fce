import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets, sources } from '@/db/schema'
import { deriveKey } from '@/lib/auth/derive-key'
import { native } from '@/lib/presets/native'
import type { Preset } from '@/lib/presets/preset'
import type { LiveSecret } from '@/lib/signatures/hmac-sha256-hex'
import { builtInSlug, type Source, type Sources } from './source'

const presets = new Map<string, Preset>([[native.id, native]])

/**
 * Reads the enabled sources and gives each secret of the built-in one its lasting id, so that a callback can say which
 * secret verified it. The table holds a keyed fingerprint; the secret itself never leaves the environment.
 */
export async function loadSources(
  db: Database,
  input: { webhookSecrets: readonly string[]; callboardSecret: string },
): Promise<Sources> {
  const rows = await db.select().from(sources).where(eq(sources.enabled, true))
  const loaded: Source[] = []
  for (const row of rows) {
    const preset = presets.get(row.preset)
    if (!preset) continue
    const secrets = row.slug === builtInSlug ? await registerSecrets(db, row.slug, input) : []
    loaded.push({ slug: row.slug, preset, secrets })
  }
  return new Map(loaded.map((source) => [source.slug, source]))
}

async function registerSecrets(
  db: Database,
  slug: string,
  input: { webhookSecrets: readonly string[]; callboardSecret: string },
): Promise<LiveSecret[]> {
  const key = deriveKey(input.callboardSecret, 'callboard secret fingerprint v1')
  const fingerprints = input.webhookSecrets.map((secret) => ({
    secret,
    fingerprint: createHmac('sha256', key).update(secret).digest(),
  }))
  await db
    .insert(sourceSecrets)
    .values(fingerprints.map(({ fingerprint }) => ({ source: slug, fingerprint })))
    .onConflictDoNothing()
  const known = await db.select().from(sourceSecrets).where(eq(sourceSecrets.source, slug))
  const ids = new Map(known.map((row) => [row.fingerprint.toString('hex'), row.id]))
  return fingerprints.flatMap(({ secret, fingerprint }) => {
    const id = ids.get(fingerprint.toString('hex'))
    return id ? [{ id, secret }] : []
  })
}
