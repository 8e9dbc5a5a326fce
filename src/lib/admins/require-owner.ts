import { and, eq, sql } from 'drizzle-orm'
import { authUsers } from '@/db/schema'
import type { AuthQueries } from '@/lib/auth/admin-lock'
import { AppError } from '@/lib/http/app-error'

/** SQL for whether a user may sign in as an admin. */
export const isActiveAdmin = sql<boolean>`(${authUsers.role} = 'admin'
  and not (${authUsers.banned} and coalesce(${authUsers.banExpires} > now(), true)))`

/**
 * Lets owners pass. In a transaction that has taken the admin lock, so that whoever is being demoted decides nothing more.
 * @throws AppError `forbidden`
 */
export async function requireOwner(tx: AuthQueries, userId: string): Promise<void> {
  const owners = await tx
    .select({ id: authUsers.id })
    .from(authUsers)
    .where(and(eq(authUsers.id, userId), eq(authUsers.isOwner, true), isActiveAdmin))
  if (owners.length === 0) throw new AppError('forbidden', 'Only an owner can do this.')
}

/**
 * Refuses to leave Callboard without an owner. In a transaction that has taken the admin lock.
 * @throws AppError `last_owner`
 */
export async function requireOtherOwner(tx: AuthQueries, userId: string): Promise<void> {
  const others = await tx
    .select({ id: authUsers.id })
    .from(authUsers)
    .where(and(sql`${authUsers.id} <> ${userId}`, eq(authUsers.isOwner, true), isActiveAdmin))
    .limit(1)
  if (others.length === 0) throw new AppError('last_owner', 'This is the last owner. Make someone else an owner first.')
}
