import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authSessions, authUsers } from '@/db/schema'
import { takeAdminLock } from '@/lib/auth/admin-lock'
import { requireOtherOwner, requireOwner } from './require-owner'

/**
 * Ends that somebody is an admin, and all their sessions with it: the next request of each is refused, and its streams end with
 * their next heartbeat. Their name stays where they viewed and handled. An id that names none is a no-op.
 *
 * @throws AppError `forbidden` for whoever is no owner; `last_owner`
 */
export async function removeAdmin(db: Database, actorId: string, adminId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    await requireOwner(tx, actorId)
    await requireOtherOwner(tx, adminId)
    await tx
      .update(authUsers)
      .set({ banned: true, banReason: 'removed', banExpires: null, isOwner: false, updatedAt: new Date() })
      .where(eq(authUsers.id, adminId))
    await tx.delete(authSessions).where(eq(authSessions.userId, adminId))
  })
}
