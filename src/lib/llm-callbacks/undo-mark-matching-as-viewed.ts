import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'

/**
 * Takes back what one `markMatchingAsViewed` of this admin changed, and nothing else: what was opened since stays viewed. The mark goes
 * back unless it was moved again since. An unknown id is a no-op.
 */
export async function undoMarkMatchingAsViewed(
  markingId: string,
  userId: string,
  db: Database = database(),
): Promise<void> {
  await db.execute(sql`
    with moved as (
      update llm_callback_read_marks
      set viewed_through_seq = moved_from_seq, marking_id = null, moved_from_seq = null, updated_at = now()
      where admin_user_id = ${userId}::uuid and marking_id = ${markingId}::uuid
    ), removed as (
      delete from llm_callback_views where marking_id = ${markingId}::uuid and admin_user_id = ${userId}::uuid
      returning callback_id
    )
    insert into llm_callback_unviewed (admin_user_id, seq, callback_id)
    select ${userId}::uuid, c.seq, c.id from llm_callbacks c where c.id in (select callback_id from removed)
    order by c.id for key share of c
    on conflict do nothing`)
}
