import { type SQL, sql } from 'drizzle-orm'
import { handledBy } from './handled'
import type { HistoryItem } from './history-schemas'
import { type SummaryRow, summaryColumns, toSummary } from './summary'
import { isViewedBy } from './viewed'

/** A row of the history as the columns below return it. */
export type HistoryRow = SummaryRow & Pick<HistoryItem, 'viewed' | 'handled'>

/** The columns of one row of the history, of `llm_callbacks as c`. */
export function historyColumns(userId: string): SQL {
  return sql`${summaryColumns}, ${isViewedBy(userId)} as "viewed", ${handledBy} as "handled"`
}

export function toHistoryItem(row: HistoryRow, epoch: string): HistoryItem {
  return { ...toSummary(row, epoch), viewed: row.viewed, handled: row.handled }
}
