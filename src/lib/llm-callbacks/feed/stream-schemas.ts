import { z } from 'zod'
import { llmCallbackSummarySchema } from '../schemas'

/** What `stream` may be asked. */
export const streamInputSchema = z.strictObject({
  /** Where to go on; without it, and without a `Last-Event-ID`, from the head. */
  after: z.string().max(64).optional(),
})

/** The data of a `message` event of the stream. Its event id is the cursor, too. */
export const feedMessageSchema = z.object({
  items: z.array(llmCallbackSummarySchema),
  cursor: z.string(),
  /** Too many came in for one message: `items` is empty, and `check` has them, after the cursor before this one. */
  more: z.boolean(),
})
export type FeedMessage = z.infer<typeof feedMessageSchema>

/** The data of a `reset` event: the database began another life, and the feed goes on from this cursor. */
export const feedResetSchema = z.object({ cursor: z.string() })
export type FeedReset = z.infer<typeof feedResetSchema>
