import { createHash, randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { and, eq, gt, like, lte } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authAccounts, authUsers, authVerifications } from '@/db/schema'
import { type AuthQueries, takeAdminLock } from '@/lib/auth/admin-lock'
import { insertAdmin } from '@/lib/auth/insert-admin'
import { type NewAdmin, newAdminSchema } from '@/lib/auth/new-admin-schema'
import { returnTry, takeTry } from '@/lib/auth/tries'
import { AppError } from '@/lib/http/app-error'
import { isActiveAdmin, requireOwner } from './require-owner'

const inviteLifeMs = 7 * 24 * 60 * 60 * 1000
const isInvite = like(authVerifications.identifier, 'invite:%')
const wrongTokensMax = 20
const wrongTokensWindowMs = 10 * 60 * 1000

/** Where a token is kept: only its hash, so that who reads the database can't make themselves an admin. */
function identifierOf(token: string): string {
  return `invite:${createHash('sha256').update(token).digest('hex')}`
}

type InviteInput = { email: string; publicUrl: string; now: Date }

/**
 * Makes a link by which its holder becomes an admin under this address, once, within 7 days. An earlier invite of the same
 * address ends.
 *
 * @returns the URL, which is kept nowhere
 * @throws AppError `forbidden` for whoever is no owner; `email_taken`
 */
export async function createInvite(
  db: Database,
  actorId: string,
  { email, publicUrl, now }: InviteInput,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    await requireOwner(tx, actorId)
    if (await isTaken(tx, email)) throw emailTaken()
    await tx.delete(authVerifications).where(and(isInvite, eq(authVerifications.value, email)))
    await tx.delete(authVerifications).where(and(isInvite, lte(authVerifications.expiresAt, now)))
    await tx.insert(authVerifications).values({
      identifier: identifierOf(token),
      value: email,
      expiresAt: new Date(now.getTime() + inviteLifeMs),
    })
  })
  return new URL(`/invite?token=${token}`, publicUrl).href
}

/** Ends an invite; an id that names none is a no-op. @throws AppError `forbidden` */
export async function revokeInvite(db: Database, actorId: string, inviteId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    await requireOwner(tx, actorId)
    await tx.delete(authVerifications).where(and(isInvite, eq(authVerifications.id, inviteId)))
  })
}

type Token = { token: string; now: Date; network: string }

/**
 * The address that an invite is for; null where it was used, has ended or never was. A network may try 20 wrong tokens in 10 minutes.
 * @throws AppError `too_many_requests`
 */
export async function findInvite(db: Database, { token, now, network }: Token): Promise<string | null> {
  const key = `invite:${network}`
  const waitSeconds = await takeTry(db, { key, triesMax: wrongTokensMax, windowMs: wrongTokensWindowMs })
  if (waitSeconds !== null) throw new AppError('too_many_requests', `Too many tries. Wait ${waitSeconds} s.`)
  const [invite] = await db
    .select({ email: authVerifications.value })
    .from(authVerifications)
    .where(and(eq(authVerifications.identifier, identifierOf(token)), gt(authVerifications.expiresAt, now)))
  if (!invite) return null
  await returnTry(db, key)
  return invite.email
}

/**
 * Makes the admin whom an invite is for, and ends it. Somebody who was removed comes back as who they were. A refused call leaves
 * the invite as it was.
 *
 * @returns the address, to sign in with
 * @throws ZodError where the input is no name or no password; AppError `invite_invalid`, `email_taken` or `too_many_requests`
 */
export async function acceptInvite(
  db: Database,
  { name, password, ...token }: Pick<NewAdmin, 'name' | 'password'> & Token,
): Promise<string> {
  const email = await findInvite(db, token)
  if (email === null) throw inviteInvalid()
  const admin = newAdminSchema.parse({ name, email, password })
  const passwordHash = await hashPassword(admin.password)
  await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    const used = await tx
      .delete(authVerifications)
      .where(
        and(eq(authVerifications.identifier, identifierOf(token.token)), gt(authVerifications.expiresAt, token.now)),
      )
      .returning({ id: authVerifications.id })
    if (used.length === 0) throw inviteInvalid()
    if (await isTaken(tx, email)) throw emailTaken()
    if (!(await restoreAdmin(tx, { ...admin, passwordHash }))) await insertAdmin(tx, { ...admin, passwordHash })
  })
  return email
}

/** Whether somebody was there under this address, who is an admin again now. */
async function restoreAdmin(
  tx: AuthQueries,
  { name, email, passwordHash }: { name: string; email: string; passwordHash: string },
): Promise<boolean> {
  const [user] = await tx
    .update(authUsers)
    .set({ name, role: 'admin', banned: false, banReason: null, banExpires: null, updatedAt: new Date() })
    .where(eq(authUsers.email, email))
    .returning({ id: authUsers.id })
  if (!user) return false
  await tx.delete(authAccounts).where(eq(authAccounts.userId, user.id))
  await tx
    .insert(authAccounts)
    .values({ userId: user.id, accountId: user.id, providerId: 'credential', password: passwordHash })
  return true
}

async function isTaken(tx: AuthQueries, email: string): Promise<boolean> {
  const taken = await tx
    .select({ id: authUsers.id })
    .from(authUsers)
    .where(and(eq(authUsers.email, email), isActiveAdmin))
  return taken.length > 0
}

function emailTaken(): AppError {
  return new AppError('email_taken', 'There is an admin with this e-mail address already.')
}

function inviteInvalid(): AppError {
  return new AppError('invite_invalid', 'This invite was used or has expired. Ask an owner for a new one.')
}
