import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { advanceReadMark } from './advance-read-mark'
import { matchCountMax } from './count-schemas'
import { type FeedCursor, parseCursor } from './feed/cursor'
import { feedEpochExpression } from './feed/feed-epoch'
import { firstRow } from './first-row'
import type { HistoryFilters } from './history-schemas'
import { type MarkedMatching, markedMatchingMax } from './marking-schemas'
import type { FeedPart } from './matching'
import { selectMatching } from './select-matching'

type Input = {
  filters: HistoryFilters
  /** The cursor of the newest callback that is meant: what arrived after it stays unviewed. */
  through: string
}
type Counts = { count: number; reached: number }
type Marking = { filters: HistoryFilters; cursor: FeedCursor; userId: string; markingId: string }

/**
 * Marks what matches as viewed by this admin, up to a place in the feed. Without filters the admin's mark moves there; with filters
 * each callback gets a view, the newest `markedMatchingMax` of them. A cursor of another epoch marks nothing.
 *
 * @throws AppError `invalid_cursor`
 */
export async function markMatchingAsViewed(
  { filters, through }: Input,
  userId: string,
  db: Database = database(),
): Promise<MarkedMatching> {
  const markingId = randomUUID()
  const cursor = parseCursor(through)
  const { viewed, ...others } = filters
  const isMarkEnough = viewed !== true && Object.values(others).every((value) => value === undefined)
  const marking = { filters, cursor, userId, markingId }
  const statement = isMarkEnough ? moveMark : viewMatching
  const { rows } = await db.execute<Counts>(await statement(marking, db))
  const { count, reached } = firstRow(rows)
  await advanceReadMark(userId, db)
  return {
    count,
    isCountCapped: isMarkEnough && reached > matchCountMax,
    hasMore: !isMarkEnough && reached === markedMatchingMax,
    undo: markingId,
  }
}

const upToPlace: FeedPart = {
  includes: (seq) => sql`${seq} <= (select seq from place)`,
  edge: sql`(select seq from place)`,
}

/** The place itself is at most the head: what is not there yet can't be meant. Null in another epoch. */
async function placeOf({ epoch, seq }: FeedCursor, db: Database): Promise<SQL> {
  return sql`
    select case when ${await feedEpochExpression(db)} = ${epoch}
      then least(${seq}::bigint, (select max(seq) from llm_callbacks)) end as seq`
}

/** The exceptions up to the place become views, which the undo can take back; the mark remembers where it stood. */
async function moveMark({ cursor, userId, markingId }: Marking, db: Database): Promise<SQL> {
  const unviewed = selectMatching({
    columns: sql`c.seq as "seq"`,
    filters: { viewed: false },
    userId,
    within: upToPlace,
    limit: matchCountMax + 1,
  })
  return sql`
    with place as materialized (${await placeOf(cursor, db)}),
    counted as materialized (select count(*)::int as reached from ${unviewed} unviewed),
    callback as materialized (
      select c.id, c.seq from llm_callback_unviewed e join llm_callbacks c on c.id = e.callback_id
      where e.admin_user_id = ${userId}::uuid and e.seq <= (select seq from place)
      order by c.id for key share of c
    ), ${viewsOfCallbacks(userId, markingId)}, moved as (
      insert into llm_callback_read_marks as m (admin_user_id, viewed_through_seq, marking_id, moved_from_seq)
      select ${userId}::uuid, seq, ${markingId}::uuid, 0 from place where seq is not null
      on conflict (admin_user_id) do update
      set viewed_through_seq = excluded.viewed_through_seq, marking_id = excluded.marking_id,
        moved_from_seq = m.viewed_through_seq, updated_at = now()
      where m.viewed_through_seq < excluded.viewed_through_seq
    )
    select least(reached, ${matchCountMax}::int) as count, reached from counted`
}

async function viewMatching({ filters, cursor, userId, markingId }: Marking, db: Database): Promise<SQL> {
  const matching = selectMatching({
    columns: sql`c.id, c.seq as "seq"`,
    filters: { ...filters, viewed: false },
    userId,
    within: upToPlace,
    limit: markedMatchingMax,
  })
  return sql`
    with place as materialized (${await placeOf(cursor, db)}),
    matching as materialized (select id from ${matching} matching where ${filters.viewed !== true}),
    callback as materialized (
      select c.id, c.seq from llm_callbacks c where c.id in (select id from matching) order by c.id for key share
    ), ${viewsOfCallbacks(userId, markingId)}
    select (select count(*)::int from viewed) as count, (select count(*)::int from matching) as reached`
}

/** A view for each row of `callback`, which makes an exception void. */
function viewsOfCallbacks(userId: string, markingId: string): SQL {
  return sql`viewed as (
      insert into llm_callback_views (callback_id, admin_user_id, seq, marking_id)
      select id, ${userId}::uuid, seq, ${markingId}::uuid from callback
      on conflict do nothing
      returning callback_id
    ), exception as (
      delete from llm_callback_unviewed e using callback
      where e.admin_user_id = ${userId}::uuid and e.seq = callback.seq
    )`
}
