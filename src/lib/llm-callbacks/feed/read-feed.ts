import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { firstRow } from '../first-row'
import { type SummaryRow, summaryColumns, toSummary } from '../summary'
import type { FeedCursor } from './cursor'
import { feedEpochExpression } from './feed-epoch'
import type { FeedItem, FeedTail } from './feed-window'

type FeedColumns = { epoch: string; head: number; after: number }
type Row = FeedColumns & (SummaryRow | { [Column in keyof SummaryRow]: null })

/** The newest `itemsMax` callbacks above what is known, and the head, in one snapshot; all newest in another epoch. */
export async function readFeedTail(known: FeedCursor, itemsMax: number, db: Database): Promise<FeedTail> {
  // Index: llm_callbacks_seq_key, downwards from the head to what is known.
  const { rows } = await db.execute<Row>(sql`
    with feed as materialized (
      select epoch, case when epoch = ${known.epoch} then ${known.seq}::bigint else 0 end as after,
        coalesce((select max(seq) from llm_callbacks), 0) as head
      from (select ${await feedEpochExpression(db)} as epoch) life
    )
    select feed.epoch, feed.after::float8 as after, feed.head::float8 as head, item.*
    from feed left join (
      select ${summaryColumns} from llm_callbacks c
      where c.seq > (select after from feed)
      order by c.seq desc limit ${itemsMax}
    ) item on true
    order by item."seq"`)
  const { epoch, head, after } = firstRow(rows)
  const items = rows.filter((row) => row.id !== null).map((row) => toItem(row, epoch))
  return { epoch, head, after, items }
}

/** The oldest `itemsMax` callbacks above `after` and up to `through`, ascending. */
export async function readFeedSpan(
  { epoch, after, through, itemsMax }: { epoch: string; after: number; through: number; itemsMax: number },
  db: Database,
): Promise<FeedItem[]> {
  // Index: llm_callbacks_seq_key, upwards from the cursor.
  const { rows } = await db.execute<SummaryRow>(sql`
    select ${summaryColumns} from llm_callbacks c
    where c.seq > ${after}::bigint and c.seq <= ${through}::bigint
    order by c.seq limit ${itemsMax}`)
  return rows.map((row) => toItem(row, epoch))
}

function toItem(row: SummaryRow, epoch: string): FeedItem {
  return { seq: row.seq, summary: toSummary(row, epoch) }
}
