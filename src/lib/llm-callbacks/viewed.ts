import { type SQL, sql } from 'drizzle-orm'

/**
 * Viewed is what an admin has a view of, and everything at or below the admin's mark but for what is in
 * `llm_callback_unviewed`. A view outweighs an entry there, so that two calls at once can't leave a callback in between.
 */

/** SQL for the seq up to which everything counts as viewed by this admin, exceptions aside; 0 without a mark. */
export function readMarkOf(userId: string): SQL<number> {
  return sql`coalesce((select viewed_through_seq from llm_callback_read_marks where admin_user_id = ${userId}::uuid), 0)`
}

/**
 * SQL for whether the callback at `seq` counts as viewed by this admin, to stand beside each row of a page. Scalar subqueries,
 * because PostgreSQL may answer "exists" under "or" by hashing all views that the admin ever had.
 */
export function isViewedBy(userId: string, seq: SQL = sql`c.seq`): SQL<boolean> {
  const view = sql`select true from llm_callback_views v where v.admin_user_id = ${userId}::uuid and v.seq = ${seq}`
  const exception = sql`select true from llm_callback_unviewed e where e.admin_user_id = ${userId}::uuid and e.seq = ${seq}`
  return sql`((${seq} <= ${readMarkOf(userId)} and (${exception}) is null) or (${view}) is not null)`
}

/**
 * SQL for whether this admin has a view of the callback at `seq`, which is known to be above `above`; negated it becomes an anti join
 * by llm_callback_views_admin_user_id_seq_key. The bound says nothing new, but lets a merge join begin there.
 */
export function hasViewOf(userId: string, seq: SQL = sql`c.seq`, above: SQL = sql`0`): SQL<boolean> {
  return sql`exists (
    select from llm_callback_views v where v.admin_user_id = ${userId}::uuid and v.seq = ${seq} and v.seq > ${above})`
}
