import { type SQL, sql } from 'drizzle-orm'

/** SQL for the seq up to which everything counts as viewed by this admin; 0 without a mark. */
export function readMarkOf(userId: string): SQL<number> {
  return sql`coalesce((select viewed_through_seq from llm_callback_read_marks where admin_user_id = ${userId}::uuid), 0)`
}

/**
 * SQL for whether `llm_callbacks as c` counts as viewed by this admin, to stand beside each row of a page. A scalar subquery,
 * because PostgreSQL may answer "exists" under "or" by hashing all views that the admin ever had.
 */
export function isViewedBy(userId: string): SQL<boolean> {
  const view = sql`select true from llm_callback_views v where v.callback_id = c.id and v.admin_user_id = ${userId}::uuid`
  return sql`(c.seq <= ${readMarkOf(userId)} or (${view}) is not null)`
}

/** SQL for whether this admin has a view of `llm_callbacks as c`; negated it becomes an anti join by the views' primary key. */
export function hasViewOf(userId: string): SQL<boolean> {
  return sql`exists (select from llm_callback_views v where v.callback_id = c.id and v.admin_user_id = ${userId}::uuid)`
}
