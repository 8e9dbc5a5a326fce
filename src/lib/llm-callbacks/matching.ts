import type { SQL } from 'drizzle-orm'
import type { HistoryFilters } from './history-schemas'

/** What is looked for in the history, and where. */
export type Matching = {
  /** SQL for the columns of `llm_callbacks as c`, one of them `"seq"`. */
  columns: SQL
  filters: HistoryFilters
  userId: string
  within?: FeedPart
  direction?: 'older' | 'newer'
  limit: number
}

/** The part of the feed that is looked at. */
export type FeedPart = {
  /** SQL for whether a column with a callback's seq is in it. */
  includes: (seq: SQL) => SQL
  /** SQL for the seq where looking begins: about the highest in it, or with `direction: 'newer'` the lowest. */
  edge: SQL
}
