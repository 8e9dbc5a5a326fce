import { z } from 'zod'
import { countedHours } from './counting-window'

/** Why a delivery was rejected. */
export const rejectionReasons = [
  'signature_missing',
  'signature_malformed',
  'no_secret_matched',
  'too_old',
  'too_large',
  'unknown_source',
  'other',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]

const countedUnder = {
  /** Null where the path named no source. */
  source: z.string().nullable(),
  reason: z.enum(rejectionReasons),
}
/** A network (`192.0.2.0/24`, `2001:db8::/56`); null where it is unknown or one of too many to name. */
const prefix = z.string().nullable()

/** All rejected deliveries of one source for one reason. */
const rejectedGroupSchema = z.object({
  ...countedUnder,
  /** Of the last 24 hours, which is the sum of `hourlyCounts`. */
  count: z.number().int(),
  /** Oldest first; the last one is of the hour that has begun. */
  hourlyCounts: z.array(z.number().int()).length(countedHours),
  lastSeenAt: z.iso.datetime(),
  /** The networks that most of them came from in the last 24 hours, at most 5. */
  topPrefixes: z.array(z.object({ prefix, count: z.number().int() })),
})
export type RejectedGroup = z.infer<typeof rejectedGroupSchema>

const rejectedSampleSchema = z.object({
  ...countedUnder,
  rejectedAt: z.iso.datetime(),
  prefix,
  /** Without its query, clipped. The sender made it up: plain text. */
  path: z.string(),
  /** Declared or read; null when it is not known. */
  bodyBytes: z.number().nullable(),
})
export type RejectedSample = z.infer<typeof rejectedSampleSchema>

/** What was rejected in the last 7 days. */
export const rejectedDeliveriesSchema = z.object({
  /** When the first of the 24 hours began. */
  countedFrom: z.iso.datetime(),
  /** One for each source and reason, most in the last 24 hours first. */
  groups: z.array(rejectedGroupSchema),
  /** The newest, newest first. */
  samples: z.array(rejectedSampleSchema),
})
export type RejectedDeliveries = z.infer<typeof rejectedDeliveriesSchema>
