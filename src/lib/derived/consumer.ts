import type { Database } from '@/db/client'

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** A stretch of the feed: the callbacks with `after` < seq <= `through`. */
export type FeedSpan = Readonly<{ after: number; through: number }>

/**
 * Keeps a table that holds nothing but what can be made again from the callbacks. It is told of every callback exactly once, in the
 * order of the feed, from the first one that is stored when it is new.
 */
export type Consumer = Readonly<{
  /** Under which its position is kept: another name begins anew. */
  name: string
  /**
   * Writes what follows from a span, in the transaction that also moves the position. Until its end no callback of the span is
   * deleted. It must not fail because of what a callback says, for it would be called with the same span for ever.
   */
  consume: (span: FeedSpan, transaction: Transaction) => Promise<void>
  /** How many callbacks one span has at most; 500 unless told. */
  rowsMax?: number
}>
