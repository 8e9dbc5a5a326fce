import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

/** As after some months: most is below the admin's mark, of the rest every third was opened, and a twentieth of the failures is handled. */
export async function markSome(db: Database): Promise<void> {
  const head = sql`(select max(seq) from llm_callbacks)`
  const admin = sql`(select id from auth_users limit 1)`
  await db.execute(sql`
    insert into llm_callback_read_marks (admin_user_id, viewed_through_seq) select ${admin}, greatest(0, ${head} - 20000)
    on conflict (admin_user_id) do update set viewed_through_seq = excluded.viewed_through_seq`)
  await db.execute(sql`
    insert into llm_callback_views (callback_id, admin_user_id, seq)
    select id, ${admin}, seq from llm_callbacks where seq > ${head} - 20000 and seq % 3 = 0
    on conflict do nothing`)
  await db.execute(sql`
    insert into llm_callback_handled (callback_id, admin_user_id, seq)
    select id, ${admin}, seq from llm_callbacks where status = 'failed' and seq % 20 = 0
    on conflict do nothing`)
}
