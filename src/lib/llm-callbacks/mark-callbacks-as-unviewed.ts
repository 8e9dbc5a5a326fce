import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { LLMCallbackId } from './schemas'
import { readMarkOf } from './viewed'

/**
 * Makes callbacks count as unviewed by this admin again, wherever the mark stands; an id that does not exist is a no-op.
 * The exception is written above the mark too: the mark may be about to move over the callback, on the word of the view that is
 * taken away here.
 *
 * @returns those that were viewed until now
 */
export async function markCallbacksAsUnviewed(
  ids: readonly LLMCallbackId[],
  userId: string,
  db: Database = database(),
): Promise<LLMCallbackId[]> {
  const { rows } = await db.execute<{ id: LLMCallbackId }>(sql`
    with callback as materialized (
      select id, seq from llm_callbacks where id = any(${sql.param(ids)}::uuid[]) order by id for key share
    ), removed as (
      delete from llm_callback_views v using callback
      where v.callback_id = callback.id and v.admin_user_id = ${userId}::uuid
      returning v.callback_id
    ), exception as (
      insert into llm_callback_unviewed (admin_user_id, seq, callback_id)
      select ${userId}::uuid, seq, id from callback
      on conflict do nothing
      returning callback_id, seq
    )
    select callback_id as id from removed
    union select callback_id from exception where seq <= ${readMarkOf(userId)}`)
  return rows.map((row) => row.id)
}
