import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { type FoldedFailures, foldedFailuresMax } from './failures-schemas'
import { feedEpochExpression } from './feed/feed-epoch'
import { type HistoryRow, historyColumns, toHistoryItem } from './history-item'
import { maskError } from './mask-error'
import { selectMatching } from './select-matching'

type Row = HistoryRow & { wholeErrorMessage: string | null; epoch: string }
type Group = FoldedFailures['groups'][number]

/**
 * The newest failed callbacks, open or handled, with those folded that say the same of the same workflow.
 * Index: llm_callbacks_status_seq_idx from its end, passing over what is handled by llm_callback_handled_seq_key.
 */
export async function foldFailures(
  { handled }: { handled: boolean },
  userId: string,
  db: Database = database(),
): Promise<FoldedFailures> {
  const { rows } = await db.execute<Row>(await failuresStatement(handled, userId, db))
  const newestFirst = rows.toSorted((a, b) => b.seq - a.seq)
  const groups = new Map<string, Group>()
  for (const row of newestFirst.slice(0, foldedFailuresMax)) {
    const key = JSON.stringify([
      row.workflowName,
      row.wholeErrorMessage === null ? null : maskError(row.wholeErrorMessage),
    ])
    const group = groups.get(key)
    if (group) {
      group.ids.push(row.id)
      group.firstSeenAt = row.createdAt
    } else {
      groups.set(key, { newest: toHistoryItem(row, row.epoch), ids: [row.id], firstSeenAt: row.createdAt })
    }
  }
  return { groups: [...groups.values()], isCapped: rows.length > foldedFailuresMax }
}

async function failuresStatement(handled: boolean, userId: string, db: Database): Promise<SQL> {
  const failed = selectMatching({
    columns: sql`${historyColumns(userId)}, c.error_message as "wholeErrorMessage"`,
    filters: { status: { include: ['failed'], exclude: [] }, handled },
    userId,
    limit: foldedFailuresMax + 1,
  })
  return sql`
    with feed as materialized (select ${await feedEpochExpression(db)} as epoch)
    select feed.epoch, failed.* from feed cross join ${failed} failed`
}
