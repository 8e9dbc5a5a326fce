import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { LLMCallbackId } from './schemas'
import { readMarkOf } from './viewed'

/**
 * Notes that this admin has opened a callback; an id that does not exist is a no-op.
 * Locking the row makes a deletion at the same moment an unknown id too, instead of a foreign key error.
 *
 * @returns whether the callback was unviewed until now. One at or below the admin's mark was not, yet gets its view: "who
 * viewed it, and when" names those who opened it.
 */
export async function markCallbackAsViewed(
  callbackId: LLMCallbackId,
  userId: string,
  db: Database = database(),
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with callback as (
      select id, seq from llm_callbacks where id = ${callbackId}::uuid for key share
    ), viewed as (
      insert into llm_callback_views (callback_id, admin_user_id)
      select id, ${userId}::uuid from callback
      on conflict do nothing
      returning callback_id
    )
    select from viewed join callback on callback.id = viewed.callback_id where callback.seq > ${readMarkOf(userId)}`)
  return rows.length > 0
}
