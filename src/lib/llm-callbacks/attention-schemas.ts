import { z } from 'zod'

/** Each count stops here; show it as "1,000+". */
export const attentionCountMax = 1_000

const cappedCount = z.number().int().max(attentionCountMax)

/** How much there is under each tab of "Needs attention" that nobody has handled. */
export const attentionSchema = z.object({
  /** Callbacks with the status `failed`. */
  failed: cappedCount,
  /** Signed by the sender, but not readable as a callback. */
  quarantined: cappedCount,
  /** Redelivered with different content. */
  changed: cappedCount,
  /** Deliveries that were refused in the last 24 hours. */
  rejected: cappedCount,
})
export type Attention = z.infer<typeof attentionSchema>
