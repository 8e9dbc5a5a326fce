import { eq } from 'drizzle-orm'
import { authUsers } from '@/db/schema'
import type { AuthQueries } from './admin-lock'

/** Whether there is an admin, blocked ones included: blocking the last one must not reopen the set-up link. */
export async function adminExists(db: AuthQueries): Promise<boolean> {
  const admins = await db.select({ id: authUsers.id }).from(authUsers).where(eq(authUsers.role, 'admin')).limit(1)
  return admins.length > 0
}
