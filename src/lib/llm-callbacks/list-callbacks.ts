import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { parseCursor } from './feed/cursor'
import { feedEpochExpression } from './feed/feed-epoch'
import { firstRow } from './first-row'
import { historyConditions } from './history-conditions'
import type { CallbackHistory, HistoryInput } from './history-schemas'
import { type SummaryRow, summaryColumns, toSummary } from './summary'
import { isViewedBy } from './viewed'

type FeedColumns = { epoch: string }
type ItemColumns = SummaryRow & { viewed: boolean }
type Row = FeedColumns & (ItemColumns | { [Column in keyof ItemColumns]: null })

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
  const { rows } = await db.execute<Row>(await historyStatement(input, userId, db))
  const { epoch } = firstRow(rows)
  const found = rows
    .filter((row) => row.id !== null)
    .map((row) => ({
      ...toSummary(row, epoch),
      viewed: row.viewed,
      handled: null,
    }))
  const items = found.slice(0, input.limit)
  return {
    items,
    nextCursor: found.length > input.limit ? (items.at(-1)?.cursor ?? null) : null,
    previousCursor: null,
    reset: input.cursor !== undefined && parseCursor(input.cursor).epoch !== epoch,
  }
}

/**
 * Index: llm_callbacks_seq_key downwards from the cursor, or the index that `historyConditions` names for a filter, where
 * the planner finds it narrower. The views are looked up by their primary key, once a row of the page.
 */
async function historyStatement(input: HistoryInput, userId: string, db: Database): Promise<SQL> {
  const conditions = historyConditions(input, userId)
  if (input.cursor !== undefined) conditions.push(belowCursor(input.cursor))
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  return sql`
    with feed as materialized (select ${await feedEpochExpression(db)} as epoch)
    select feed.epoch, item.*
    from feed left join (
      select ${summaryColumns}, ${isViewedBy(userId)} as "viewed"
      from llm_callbacks c ${where}
      order by c.seq desc limit ${input.limit + 1}
    ) item on true
    order by item."seq" desc`
}

/** A cursor of another epoch bounds nothing: its seq counted other rows. */
function belowCursor(text: string): SQL {
  const cursor = parseCursor(text)
  const unbounded = sql`9223372036854775807`
  return sql`c.seq < (select case when epoch = ${cursor.epoch} then ${cursor.seq}::bigint else ${unbounded} end from feed)`
}
