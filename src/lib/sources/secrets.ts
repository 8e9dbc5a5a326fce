import { randomBytes, randomUUID } from 'node:crypto'
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceSecrets, sourceSecretUses } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import type { Preset } from '@/lib/presets/preset'
import { isUsableSecret } from '@/lib/signatures/keys'
import { isLiveSecretOf } from './live-secret'
import { presetOf } from './preset-of'
import { lockSource } from './require-source'
import { type NewSecret, newSecretSchema, type SecretItem, secretsMax } from './schemas'
import { fingerprintOf, sealSecret } from './seal'

const hintLength = 4

/** What this process knows of LLM_WEBHOOK_SECRET, and what it recognises it by in the table. */
export type EnvironmentSecrets = { webhookSecrets: readonly string[]; callboardSecret: string }

/** The secrets of a source, newest first, those that verify nothing any more included. */
export async function listSecrets(
  db: Database,
  source: string,
  { webhookSecrets, callboardSecret }: EnvironmentSecrets,
): Promise<SecretItem[]> {
  const rows = await db
    .select({ secret: sourceSecrets, uses: sourceSecretUses.uses, lastUsedAt: sourceSecretUses.lastUsedAt })
    .from(sourceSecrets)
    .leftJoin(sourceSecretUses, eq(sourceSecretUses.secretId, sourceSecrets.id))
    .where(eq(sourceSecrets.source, source))
    .orderBy(desc(sourceSecrets.createdAt), sourceSecrets.id)
  const inEnvironment = webhookSecrets.map((secret) => fingerprintOf(secret, callboardSecret))
  return rows.map(({ secret, uses, lastUsedAt }) => ({
    id: secret.id,
    name: secret.name,
    hint: secret.hint,
    isFromEnvironment: secret.sealed === null,
    isGone: secret.sealed === null && !inEnvironment.some((fingerprint) => fingerprint.equals(secret.fingerprint)),
    createdAt: secret.createdAt.toISOString(),
    expiresAt: secret.expiresAt?.toISOString() ?? null,
    revokedAt: secret.revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    uses: uses ?? 0,
  }))
}

/**
 * Gives a source one more secret: the sender's own, or one made here.
 * @returns its id, and the secret where it was made here: it is told this once, and stands nowhere but sealed.
 * @throws AppError `invalid_request` where the preset can't use it; `not_found`; `secret_known`; `too_many_secrets`
 */
export async function addSecret(
  db: Database,
  callboardSecret: string,
  input: NewSecret,
): Promise<{ id: string; made: string | null }> {
  const { source, name, secret: given, expiresAt } = parseInput(newSecretSchema, input)
  const id = randomUUID()
  return db.transaction(async (tx) => {
    // One at a time for each source, so that two at once can't both be the eighth.
    const row = await lockSource(tx, source)
    const preset = presetOf(row.preset)
    const secret = given ?? makeSecret(preset)
    assertUsable(preset, secret)
    if ((await tx.$count(sourceSecrets, isLiveSecretOf(source))) >= secretsMax) {
      throw new AppError('too_many_secrets', `A source has at most ${secretsMax} live secrets. Revoke one first.`)
    }
    const made = await tx
      .insert(sourceSecrets)
      .values({
        id,
        source,
        name,
        // Of a short secret four characters would be too much.
        hint: secret.length >= 24 ? secret.slice(-hintLength) : '',
        fingerprint: fingerprintOf(secret, callboardSecret),
        sealed: sealSecret(secret, { callboardSecret, source, secretId: id }),
        expiresAt,
      })
      .onConflictDoNothing()
      .returning({ id: sourceSecrets.id })
    if (made.length === 0) throw new AppError('secret_known', 'This source has or had this secret already.')
    return { id, made: given === undefined ? secret : null }
  })
}

/**
 * Ends a secret: within a second no replica takes what it signs.
 * @throws AppError `not_found` where there is no such live secret, or the environment holds it
 */
export async function revokeSecret(db: Database, { source, id }: { source: string; id: string }): Promise<void> {
  const revoked = await db
    .update(sourceSecrets)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(sourceSecrets.id, id),
        eq(sourceSecrets.source, source),
        isNotNull(sourceSecrets.sealed),
        isNull(sourceSecrets.revokedAt),
      ),
    )
    .returning({ id: sourceSecrets.id })
  if (revoked.length === 0) throw new AppError('not_found', 'There is no such secret that could be revoked here.')
}

function makeSecret({ secret, schemes }: Preset): string {
  if (secret?.madeBy !== 'callboard') {
    throw new AppError('invalid_request', 'This sender makes the secret itself. Paste it from there.')
  }
  const isStandard = schemes.some((scheme) => scheme.kind === 'hmac-sha256' && scheme.secret !== 'utf8')
  return isStandard ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(32).toString('hex')
}

function assertUsable({ name, schemes, secret: kind }: Preset, secret: string): void {
  if (!kind) throw new AppError('invalid_request', `${name} signs with its own published keys and has no secret.`)
  if (schemes.some((scheme) => isUsableSecret(secret, scheme))) return
  throw new AppError('invalid_request', `This is no secret as ${name} makes them. One looks like ${kind.example}.`)
}
