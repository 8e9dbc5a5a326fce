import { z } from 'zod'
import { historyItemSchema } from './history-schemas'
import { llmCallbackIdSchema } from './schemas'

/** What `failures` may be asked. */
export const failuresInputSchema = z.strictObject({
  /** Those that the team has dealt with, instead of those that are open. */
  handled: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})

/** The newest failed callbacks that are folded; what is older shows once these are handled. */
export const foldedFailuresMax = 1_000

/** Failures that say the same of the same workflow, ids and digits aside, newest group first. */
export const foldedFailuresSchema = z.object({
  groups: z.array(
    z.object({
      /** The newest one; stands for all. */
      newest: historyItemSchema,
      /** Of all of them, the newest first: what is handled together. */
      ids: z.array(llmCallbackIdSchema),
      firstSeenAt: z.iso.datetime(),
    }),
  ),
  /** There are more failed callbacks than `foldedFailuresMax`. */
  isCapped: z.boolean(),
})
export type FoldedFailures = z.infer<typeof foldedFailuresSchema>
