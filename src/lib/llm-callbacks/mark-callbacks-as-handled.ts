import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { LLMCallbackId } from './schemas'

/**
 * Notes for the whole team that callbacks are dealt with, by this admin. Of several admins at once the first one counts; an id
 * that does not exist is a no-op.
 *
 * @returns those that were open until now
 */
export async function markCallbacksAsHandled(
  ids: readonly LLMCallbackId[],
  userId: string,
  db: Database = database(),
): Promise<LLMCallbackId[]> {
  const { rows } = await db.execute<{ id: LLMCallbackId }>(sql`
    insert into llm_callback_handled (callback_id, seq, admin_user_id)
    select id, seq, ${userId}::uuid from llm_callbacks
    where id = any(${sql.param(ids)}::uuid[]) order by id for key share
    on conflict do nothing
    returning callback_id as id`)
  return rows.map((row) => row.id)
}
