import { and, asc, eq, gt, like, max, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authSessions, authUsers, authVerifications } from '@/db/schema'
import { isActiveAdmin } from './require-owner'
import type { Admin, Invite } from './schemas'

/** Everybody who is or was an admin, oldest first, and whom an invite waits for. */
export async function listAdmins(db: Database, now: Date): Promise<{ admins: Admin[]; invites: Invite[] }> {
  const [admins, invites] = await Promise.all([
    db
      .select({
        id: authUsers.id,
        name: authUsers.name,
        email: authUsers.email,
        isOwner: authUsers.isOwner,
        isRemoved: sql<boolean>`not ${isActiveAdmin}`,
        lastActiveAt: max(authSessions.updatedAt),
      })
      .from(authUsers)
      .leftJoin(authSessions, and(eq(authSessions.userId, authUsers.id), gt(authSessions.expiresAt, now)))
      .where(eq(authUsers.role, 'admin'))
      .groupBy(authUsers.id)
      .orderBy(asc(authUsers.createdAt), asc(authUsers.email)),
    db
      .select({ id: authVerifications.id, email: authVerifications.value, expiresAt: authVerifications.expiresAt })
      .from(authVerifications)
      .where(and(like(authVerifications.identifier, 'invite:%'), gt(authVerifications.expiresAt, now)))
      .orderBy(asc(authVerifications.createdAt)),
  ])
  return {
    admins: admins.map((admin) => ({ ...admin, lastActiveAt: admin.lastActiveAt?.toISOString() ?? null })),
    invites: invites.map((invite) => ({ ...invite, expiresAt: invite.expiresAt.toISOString() })),
  }
}
