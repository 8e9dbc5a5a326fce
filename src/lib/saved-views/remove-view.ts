import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'

/** Removes a view of this admin; one of another admin, or none, is a no-op. */
export async function removeView(id: string, userId: string, db: Database = database()): Promise<void> {
  await db.execute(sql`delete from saved_views where id = ${id}::uuid and admin_user_id = ${userId}::uuid`)
}
