import { z } from 'zod'
import { pageLimit } from '@/lib/http/page-limit'
import { viewedLLMCallbackSummarySchema } from './schemas'

/** What `check` may be asked. */
export const checkInputSchema = z.strictObject({
  /** A cursor from an earlier answer; without it the newest are meant. */
  after: z.string().min(1).max(64).nullable().default(null),
  limit: pageLimit({ max: 100, standard: 20 }),
})

/** What `check` answers. */
export const recentCallbacksSchema = z.object({
  items: z.array(viewedLLMCallbackSummarySchema),
  /** What to ask after next. */
  nextCursor: z.string(),
  hasMore: z.boolean(),
  /** Of all of this admin's unviewed callbacks, not of `items` alone; at most `unviewedCountMax`. */
  unviewedCount: z.number().int(),
  /** The cursor came from another life of the database: forget what was read and go on from `nextCursor`. */
  reset: z.boolean(),
})
export type RecentCallbacks = z.infer<typeof recentCallbacksSchema>
