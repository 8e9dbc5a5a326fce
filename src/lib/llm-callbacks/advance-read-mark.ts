import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { hasViewOf, readMarkOf } from './viewed'

/** Callbacks above the mark that are looked at together. */
const windowRows = 1_000
/** Windows that one call passes over at most. */
const windowsMax = 10

/**
 * Moves this admin's mark over what is viewed above it, so that counting what is unviewed need not pass over each view again.
 * Of a full window of which at least half is viewed, the rest is written down as exceptions, and the mark moves over all of it: one
 * callback that is left unviewed for months does not hold the mark back. Changes nothing about what counts as viewed.
 */
export async function advanceReadMark(userId: string, db: Database): Promise<void> {
  for (let window = 0; window < windowsMax; window++) if (!(await passWindow(userId, db))) return
}

/**
 * Index: llm_callbacks_seq_key upwards from the mark, beside llm_callback_views_admin_user_id_seq_key. What commits later is above
 * the window, because seq is the commit order. A mark that has moved meanwhile is left alone; exceptions above it mean nothing.
 *
 * @returns whether the mark moved over a full window, so that another may follow
 */
async function passWindow(userId: string, db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ isFull: boolean }>(sql`
    with mark as materialized (select ${readMarkOf(userId)} as seq),
    next as materialized (
      select c.id, c.seq, ${hasViewOf(userId, sql`c.seq`, sql`(select seq from mark)`)} as viewed from llm_callbacks c
      where c.seq > (select seq from mark) order by c.seq limit ${windowRows}
    ), step as materialized (
      select count(*) = ${windowRows}::int and 2 * count(*) filter (where viewed) >= count(*) as is_full,
        max(seq) as last, min(seq) filter (where not viewed) as first_unviewed from next
    ), target as materialized (
      select is_full, case when is_full then last else coalesce(first_unviewed - 1, last) end as seq from step
    ), exception as (
      insert into llm_callback_unviewed (admin_user_id, seq, callback_id)
      select ${userId}::uuid, c.seq, c.id from llm_callbacks c
      where (select is_full from target) and c.id in (select id from next where not viewed)
      for key share of c
      on conflict do nothing
    )
    insert into llm_callback_read_marks as m (admin_user_id, viewed_through_seq)
    select ${userId}::uuid, target.seq from target, mark where target.seq > mark.seq
    on conflict (admin_user_id) do update set viewed_through_seq = excluded.viewed_through_seq, updated_at = now()
    where m.viewed_through_seq = (select seq from mark)
    returning (select is_full from target) as "isFull"`)
  return rows[0]?.isFull ?? false
}
