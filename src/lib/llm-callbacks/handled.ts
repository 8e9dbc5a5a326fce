import { sql } from 'drizzle-orm'
import { isoTime } from '@/db/iso-time'

/** SQL for whether the team has dealt with `llm_callbacks as c`; an (anti) join by llm_callback_handled_seq_key. */
export const isHandled = sql`exists (select from llm_callback_handled h where h.seq = c.seq)`

/** SQL for who dealt with `llm_callbacks as c` and when, as `handledSchema` has it. Index: llm_callback_handled_seq_key. */
export const handledBy = sql`(
  select json_build_object('byName', u.name, 'at', ${isoTime(sql`h.handled_at`)})
  from llm_callback_handled h left join auth_users u on u.id = h.admin_user_id
  where h.seq = c.seq)`
