import { z } from 'zod'

/** A count of matches stops here; show it as "1,000+". */
export const matchCountMax = 1_000

/** How many callbacks match some filters, `matchCountMax` at most. */
export const matchCountSchema = z.object({ count: z.number().int().max(matchCountMax) })
export type MatchCount = z.infer<typeof matchCountSchema>
