import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { advanceReadMark } from './advance-read-mark'
import type { LLMCallbackId } from './schemas'
import { readMarkOf } from './viewed'

/**
 * Notes that this admin has opened callbacks; an id that does not exist is a no-op. A view that "mark all that match" made
 * becomes one of a callback that was opened, which no undo takes back.
 * Locking the rows makes a deletion at the same moment an unknown id too, instead of a foreign key error.
 *
 * @returns those that were unviewed until now. One at or below the admin's mark was not, yet gets its view: "who viewed it,
 * and when" names those who opened it.
 */
export async function markCallbacksAsViewed(
  ids: readonly LLMCallbackId[],
  userId: string,
  db: Database = database(),
): Promise<LLMCallbackId[]> {
  const { rows } = await db.execute<{ id: LLMCallbackId }>(sql`
    with callback as materialized (
      select id, seq from llm_callbacks where id = any(${sql.param(ids)}::uuid[]) order by id for key share
    ), viewed as (
      insert into llm_callback_views (callback_id, admin_user_id, seq)
      select id, ${userId}::uuid, seq from callback
      on conflict do nothing
      returning callback_id, seq
    ), opened as (
      update llm_callback_views v set marking_id = null from callback
      where v.callback_id = callback.id and v.admin_user_id = ${userId}::uuid and v.marking_id is not null
    ), exception as (
      delete from llm_callback_unviewed e using callback
      where e.admin_user_id = ${userId}::uuid and e.seq = callback.seq
      returning e.seq
    )
    select callback_id as id from viewed
    where seq > ${readMarkOf(userId)} or seq in (select seq from exception)`)
  await advanceReadMark(userId, db)
  return rows.map((row) => row.id)
}
