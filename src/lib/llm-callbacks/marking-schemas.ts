import { z } from 'zod'

/** Callbacks that can be named in one call that marks them as viewed or unviewed. */
export const viewedIdsMax = 500
/** Callbacks that can be named in one call that marks them as handled or not: as many as `failures` folds. */
export const handledIdsMax = 1_000
/** Callbacks that "mark all that match" marks in one call, where there are filters. */
export const markedMatchingMax = 10_000

/** What "mark all that match" did. */
export const markedMatchingSchema = z.object({
  /** Callbacks that were unviewed until now. */
  count: z.number().int(),
  /** Without filters it is counted up to `matchCountMax` only, and more were marked: show it as "1,000+". */
  isCountCapped: z.boolean(),
  /** With filters, `markedMatchingMax` was reached: older ones that match may be unviewed still. Another call goes on. */
  hasMore: z.boolean(),
  /** What the undo takes; good until the next such call without filters. */
  undo: z.uuid(),
})
export type MarkedMatching = z.infer<typeof markedMatchingSchema>
