import { z } from 'zod'
import { type CallbackStatus, callbackStatuses } from '@/lib/llm-callbacks/vocabulary'
import { overviewRanges } from './ranges'

/** What the overview may be asked. */
export const overviewInputSchema = z.strictObject({
  range: z.enum(overviewRanges).default('24h'),
  source: z.string().min(1).max(1_024).optional(),
  workflow: z.string().min(1).max(1_024).optional(),
})
export type OverviewInput = z.output<typeof overviewInputSchema>

/** Quarantined callbacks stand apart from their status, as they do in the lists. */
export const overviewStatuses = [...callbackStatuses, 'quarantined'] as const
export type OverviewStatus = CallbackStatus | 'quarantined'

const counts = z.record(z.enum(overviewStatuses), z.number().int())
/** Milliseconds; null where no callback reported a duration. */
const percentile = z.number().nullable()
/** A decimal string in USD, summed in decimals; null where no callback reported one. */
const cost = z.string().nullable()

const totals = z.object({
  counts,
  durationP50Ms: percentile,
  durationP95Ms: percentile,
  tokensTotal: z.number().nullable(),
  costUsd: cost,
})
export type OverviewTotals = z.infer<typeof totals>

/** What came in over a range of time, and over the equal range before it. */
export const overviewSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  bucketSeconds: z.number().int(),
  /** Oldest first, at most 61; those without a callback are there, too. */
  buckets: z.array(
    z.object({ startsAt: z.iso.datetime(), counts, durationP50Ms: percentile, durationP95Ms: percentile }),
  ),
  totals,
  previousTotals: totals,
  /** Of the admin who asks, capped like that of `check`; not bound to the range. */
  unviewedCount: z.number().int(),
  /** Most callbacks first, at most 50. `runs` are verdicts. */
  workflows: z.array(totals.extend({ workflowName: z.string().nullable(), runs: z.number().int() })),
})
export type Overview = z.infer<typeof overviewSchema>
