import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { AppError } from '@/lib/http/app-error'
import { type NewSavedView, type SavedView, savedViewsMax } from './schemas'

/**
 * Keeps a view for this admin; one of the same name is replaced and keeps its place.
 * @throws AppError `too_many_saved_views`
 */
export async function saveView(
  { name, query }: NewSavedView,
  userId: string,
  db: Database = database(),
): Promise<SavedView> {
  const { rows } = await db.execute<SavedView>(sql`
    insert into saved_views (admin_user_id, name, query)
    select ${userId}::uuid, ${name}, ${query}
    where (select count(*) from saved_views where admin_user_id = ${userId}::uuid and name <> ${name}) < ${savedViewsMax}
    on conflict (admin_user_id, name) do update set query = excluded.query
    returning id, name, query`)
  const [view] = rows
  if (!view) throw new AppError('too_many_saved_views', `There are ${savedViewsMax} saved views. Remove one first.`)
  return { id: view.id, name: view.name, query: view.query }
}
