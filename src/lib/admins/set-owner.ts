import { and, eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authUsers } from '@/db/schema'
import { takeAdminLock } from '@/lib/auth/admin-lock'
import { AppError } from '@/lib/http/app-error'
import { isActiveAdmin, requireOtherOwner, requireOwner } from './require-owner'

/**
 * Makes an admin an owner, or an owner an admin.
 * @throws AppError `forbidden` for whoever is no owner; `last_owner`; `not_found` where there is no such admin
 */
export async function setOwner(
  db: Database,
  actorId: string,
  { adminId, isOwner }: { adminId: string; isOwner: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    await requireOwner(tx, actorId)
    if (!isOwner) await requireOtherOwner(tx, adminId)
    const changed = await tx
      .update(authUsers)
      .set({ isOwner, updatedAt: new Date() })
      .where(and(eq(authUsers.id, adminId), isActiveAdmin))
      .returning({ id: authUsers.id })
    if (changed.length === 0) throw new AppError('not_found', 'There is no such admin.')
  })
}
