import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { encodeCursor, type FeedCursor, parseCursor } from './feed/cursor'
import { feedEpochExpression } from './feed/feed-epoch'
import { firstRow } from './first-row'
import { type HistoryRow, historyColumns, toHistoryItem } from './history-item'
import type { CallbackHistory, HistoryInput, HistoryItem } from './history-schemas'
import { selectMatching } from './select-matching'

type FeedColumns = { epoch: string }
type Row = FeedColumns & (HistoryRow | { [Column in keyof HistoryRow]: null })

/**
 * The history: callbacks that match all filters, newest first, a page at a time. The place of a page is the seq of the row
 * before it, so rows that arrive or go meanwhile neither shift nor repeat the others.
 *
 * @throws AppError `invalid_cursor`
 */
export async function listCallbacks(
  input: HistoryInput,
  userId: string,
  db: Database = database(),
): Promise<CallbackHistory> {
  const { cursor: text, direction, limit, ...filters } = input
  const cursor = text === undefined ? null : parseCursor(text)
  // Without a place to look up from, newer than all is the newest page.
  const isNewer = direction === 'newer' && cursor !== null
  const matching = selectMatching({
    columns: historyColumns(userId),
    filters,
    userId,
    within: cursor ? { includes: (seq) => beside(cursor, seq, isNewer), edge: sql`${cursor.seq}::bigint` } : undefined,
    direction: isNewer ? 'newer' : 'older',
    limit: limit + 1,
  })
  const { rows } = await db.execute<Row>(sql`
    with feed as materialized (select ${await feedEpochExpression(db)} as epoch)
    select feed.epoch, item.* from feed left join ${matching} item on true`)
  const { epoch } = firstRow(rows)
  if (cursor && cursor.epoch !== epoch) {
    const { cursor: _, ...withoutCursor } = input
    return { ...(await listCallbacks(withoutCursor, userId, db)), reset: true }
  }
  const found = rows.filter((row) => row.id !== null).toSorted((a, b) => (isNewer ? a.seq - b.seq : b.seq - a.seq))
  const page = found.slice(0, limit).map((row) => toHistoryItem(row, epoch))
  const items = isNewer ? page.toReversed() : page
  return { items, ...cursorsOf({ items, hasMore: found.length > limit, cursor, isNewer }), reset: false }
}

/** A cursor of another epoch finds nothing: its seq counted other rows. */
function beside({ epoch, seq: place }: FeedCursor, seq: SQL, isNewer: boolean): SQL {
  const side = isNewer ? sql`${seq} > ${place}::bigint` : sql`${seq} < ${place}::bigint`
  return sql`(select epoch = ${epoch} from feed) and ${side}`
}

type Page = { items: HistoryItem[]; hasMore: boolean; cursor: FeedCursor | null; isNewer: boolean }

/**
 * Whether there is anything behind the cursor that led here is not asked again: the row that it names is there. A page that is
 * empty by now leads back to that row, which is the first one beyond the seq beside it.
 */
function cursorsOf({ items, hasMore, cursor, isNewer }: Page): Pick<CallbackHistory, 'nextCursor' | 'previousCursor'> {
  const first = items[0]?.cursor
  const last = items.at(-1)?.cursor
  const more = (end: string | undefined) => (hasMore ? (end ?? null) : null)
  if (!cursor) return { nextCursor: more(last), previousCursor: null }
  const back = encodeCursor({ ...cursor, seq: Math.max(0, cursor.seq + (isNewer ? 1 : -1)) })
  return isNewer
    ? { nextCursor: last ?? back, previousCursor: more(first) }
    : { nextCursor: more(last), previousCursor: first ?? back }
}
