import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { SavedView } from './schemas'

/** The views that this admin saved, in the order in which they were made. Index: saved_views_admin_user_id_name_key. */
export async function listSavedViews(userId: string, db: Database = database()): Promise<SavedView[]> {
  const { rows } = await db.execute<SavedView>(sql`
    select id, name, query from saved_views where admin_user_id = ${userId}::uuid order by created_at, id`)
  return rows.map(({ id, name, query }) => ({ id, name, query }))
}
