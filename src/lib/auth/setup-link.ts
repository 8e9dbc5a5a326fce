import { createHash, randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { and, eq, gt, like, lte } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authVerifications } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { adminExists } from './admin-exists'
import { type AuthQueries, takeAdminLock } from './admin-lock'
import { insertAdmin } from './insert-admin'
import { type NewAdmin, newAdminSchema } from './new-admin-schema'
import { returnTry, takeTry } from './tries'

const setupLinkLifeMs = 24 * 60 * 60 * 1000
const isSetupLink = like(authVerifications.identifier, 'setup:%')

/** Where a token is kept: only its hash, so that who reads the database can't make themselves an admin. */
function identifierOf(token: string): string {
  return `setup:${createHash('sha256').update(token).digest('hex')}`
}

async function linkInvalid(db: AuthQueries): Promise<AppError> {
  const next = (await adminExists(db))
    ? 'Callboard is set up already: sign in.'
    : 'Run `npm run callboard -- admin link` on the server for a new one.'
  return new AppError('setup_link_invalid', `This link was used or has expired. ${next}`)
}

type SetupLinkOptions = { publicUrl: string; now: Date }

/**
 * Makes a link that lets its holder become the first admin, once, within 24 hours. Links made earlier stay good: each
 * replica prints its own at its start.
 *
 * @returns the URL, or null where there is an admin already
 */
export async function createSetupLink(db: Database, { publicUrl, now }: SetupLinkOptions): Promise<string | null> {
  if (await adminExists(db)) return null
  const token = randomBytes(32).toString('base64url')
  await db.delete(authVerifications).where(and(isSetupLink, lte(authVerifications.expiresAt, now)))
  await db.insert(authVerifications).values({
    identifier: identifierOf(token),
    value: 'first-admin',
    expiresAt: new Date(now.getTime() + setupLinkLifeMs),
  })
  return new URL(`/setup?token=${token}`, publicUrl).href
}

/** Whether the link with this token would still make an admin. */
async function isSetupLinkValid(db: Database, { token, now }: { token: string; now: Date }): Promise<boolean> {
  const links = await db
    .select({ id: authVerifications.id })
    .from(authVerifications)
    .where(and(eq(authVerifications.identifier, identifierOf(token)), gt(authVerifications.expiresAt, now)))
  return links.length > 0 && !(await adminExists(db))
}

const wrongTokensMax = 20
const wrongTokensWindowMs = 10 * 60 * 1000

/**
 * The same for a request from a network, which may try 20 wrong tokens in 10 minutes. They can't be guessed in any number; but
 * each costs the database a look.
 *
 * @throws AppError `too_many_requests`
 */
export async function checkSetupLink(
  db: Database,
  { network, ...link }: { token: string; now: Date; network: string },
): Promise<boolean> {
  const key = `setup:${network}`
  const waitSeconds = await takeTry(db, { key, triesMax: wrongTokensMax, windowMs: wrongTokensWindowMs })
  if (waitSeconds !== null) throw new AppError('too_many_requests', `Too many tries. Wait ${waitSeconds} s.`)
  const isValid = await isSetupLinkValid(db, link)
  if (isValid) await returnTry(db, key)
  return isValid
}

/**
 * Makes the first admin from a set-up link, and ends every such link. A refused call leaves the link as it was.
 *
 * @returns the user's id
 * @throws ZodError where the input is not a new admin; AppError `setup_link_invalid` (used, expired, never made, or
 *   there is an admin already), `email_taken` (by a user who is no admin) or `too_many_requests`
 */
export async function createFirstAdmin(
  db: Database,
  { token, now, network, ...input }: NewAdmin & { token: string; now: Date; network: string },
): Promise<{ id: string }> {
  const { name, email, password } = newAdminSchema.parse(input)
  if (!(await checkSetupLink(db, { token, now, network }))) throw await linkInvalid(db)
  const passwordHash = await hashPassword(password)
  const id = await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    const isThisLink = eq(authVerifications.identifier, identifierOf(token))
    const used = await tx
      .delete(authVerifications)
      .where(and(isThisLink, gt(authVerifications.expiresAt, now)))
      .returning({ id: authVerifications.id })
    if (used.length === 0 || (await adminExists(tx))) throw await linkInvalid(tx)
    await tx.delete(authVerifications).where(isSetupLink)
    return insertAdmin(tx, { name, email, passwordHash })
  })
  return { id }
}
