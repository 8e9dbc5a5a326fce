import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { RecentCallbacks } from './check-schemas'
import { encodeCursor, type FeedCursor, parseCursor } from './feed/cursor'
import { feedEpochExpression } from './feed/feed-epoch'
import { firstRow } from './first-row'
import { type SummaryRow, summaryColumns, toSummary } from './summary'
import { hasViewOf, readMarkOf } from './viewed'
import { unviewedCountMax } from './vocabulary'

type FeedColumns = { epoch: string; head: number; unviewedCount: number }
type Row = FeedColumns & (SummaryRow | { [Column in keyof SummaryRow]: null })

/**
 * The callbacks after a cursor that this admin has not viewed, oldest first; without a cursor the newest `limit` of them.
 * One statement and so one snapshot: what commits later is above the answered cursor, because seq is the commit order.
 *
 * @param after an earlier `nextCursor`, or null
 * @param limit items at most
 * @throws AppError `invalid_cursor`
 */
export async function getRecentCallbacks(
  after: string | null,
  limit: number,
  userId: string,
  db: Database = database(),
): Promise<RecentCallbacks> {
  const cursor = after === null ? null : parseCursor(after)
  const items = cursor ? unviewedAfter(cursor, limit + 1, userId) : newestUnviewed(limit, userId)
  const { rows } = await db.execute<Row>(await checkStatement(items, userId, db))
  const { epoch, head, unviewedCount } = firstRow(rows)

  const found = rows.filter((row) => row.id !== null).map((row) => ({ ...toSummary(row, epoch), viewed: false }))
  const page = found.slice(0, limit)
  const hasMore = found.length > limit
  return {
    items: page,
    nextCursor: (hasMore ? page.at(-1)?.cursor : undefined) ?? encodeCursor({ epoch, seq: head }),
    hasMore,
    unviewedCount,
    reset: cursor !== null && (cursor.epoch !== epoch || cursor.seq > head),
  }
}

async function checkStatement(items: SQL, userId: string, db: Database): Promise<SQL> {
  // Index: llm_callbacks_seq_key, from its end for the head.
  return sql`
    with feed as materialized (
      select ${await feedEpochExpression(db)} as epoch,
        coalesce((select max(seq) from llm_callbacks), 0) as head,
        ${readMarkOf(userId)} as mark
    )
    select feed.epoch, feed.head::float8 as head, item.*,
      (select least(count(*), ${unviewedCountMax}::int)::int from (
        ${unviewed({ columns: sql`c.seq as "seq"`, userId, order: sql`desc`, limit: unviewedCountMax })}
      ) counted) as "unviewedCount"
    from feed left join (${items}) item on true
    order by item."seq"`
}

/** Nothing where the cursor is void. */
function unviewedAfter(cursor: FeedCursor, limit: number, userId: string): SQL {
  const after = (seq: SQL) =>
    sql`(select epoch = ${cursor.epoch} and head >= ${cursor.seq}::bigint from feed) and ${seq} > ${cursor.seq}::bigint`
  return oneOrder(unviewed({ columns: summaryColumns, userId, after, order: sql`asc`, limit }), sql`asc`, limit)
}

function newestUnviewed(limit: number, userId: string): SQL {
  return oneOrder(unviewed({ columns: summaryColumns, userId, order: sql`desc`, limit }), sql`desc`, limit)
}

function oneOrder(rows: SQL, order: SQL, limit: number): SQL {
  return sql`select * from (${rows}) either order by "seq" ${order} limit ${limit}`
}

type Unviewed = { columns: SQL; userId: string; after?: (seq: SQL) => SQL; order: SQL; limit: number }

/**
 * What this admin has yet to view: above the mark, and the exceptions below it, `limit` of each. Indexes: llm_callbacks_seq_key and
 * the primary key of the exceptions, each beside llm_callback_views_admin_user_id_seq_key. "order by" keeps the planner from
 * reading the whole table when it can't know how high the mark is.
 */
function unviewed({ columns, userId, after = () => sql`true`, order, limit }: Unviewed): SQL {
  return sql`
    (select ${columns} from llm_callbacks c
      where c.seq > (select mark from feed) and ${after(sql`c.seq`)}
        and not ${hasViewOf(userId, sql`c.seq`, sql`(select mark from feed)`)}
      order by c.seq ${order} limit ${limit})
    union all
    (select ${columns} from llm_callback_unviewed e join llm_callbacks c on c.seq = e.seq
      where e.admin_user_id = ${userId}::uuid and e.seq <= (select mark from feed) and ${after(sql`e.seq`)}
        and not ${hasViewOf(userId, sql`e.seq`)}
      order by e.seq ${order} limit ${limit})`
}
