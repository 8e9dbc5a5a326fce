import { z } from 'zod'
import { historyItemSchema } from './history-schemas'
import { llmCallbackIdSchema } from './schemas'
import { callbackStatuses, payloadStates } from './vocabulary'

/** Bytes of a body that is not UTF-8 of which the detail shows the hex digits; the rest is in the download. */
export const hexBytesMax = 65_536
/** Variants, viewers and callbacks of the same job that the detail lists at most: the newest. */
export const detailRowsMax = 100

/** One of the callbacks of a job, as the strip of the job shows it. */
export const jobCallbackSchema = z.object({
  id: llmCallbackIdSchema,
  status: z.enum(callbackStatuses),
  payloadState: z.enum(payloadStates),
  eventType: z.string().nullable(),
  stepId: z.string().nullable(),
  durationMs: z.number().nullable(),
  createdAt: z.iso.datetime(),
})
export type JobCallback = z.infer<typeof jobCallbackSchema>

/** Everything about one callback. The texts are whole, where a summary clips them. */
export const llmCallbackDetailSchema = historyItemSchema.extend({
  /** The body as text, exactly, without a leading BOM; null when the bytes are not UTF-8. */
  payloadText: z.string().nullable(),
  /** The first `hexBytesMax` bytes in hex digits when the bytes are not UTF-8, else null. */
  payloadHex: z.string().nullable(),
  /** Of the exact bytes, in hex digits. */
  sha256: z.string(),
  signature: z.object({
    valid: z.boolean(),
    scheme: z.string().nullable(),
    /** As received. */
    header: z.string().nullable(),
    secretId: z.uuid().nullable(),
    verifiedAt: z.iso.datetime().nullable(),
  }),
  deliveries: z.object({ count: z.number().int(), firstAt: z.iso.datetime(), lastAt: z.iso.datetime() }),
  /** Everything that came of the same source and job, this one among them, in order of arrival; empty without a job. */
  jobCallbacks: z.array(jobCallbackSchema),
  /** The first callback of this identity and its variants, this one among them, oldest first. */
  variants: z.array(z.object({ id: llmCallbackIdSchema, createdAt: z.iso.datetime() })),
  /** Who opened it, first come first; "mark all viewed" leaves no entry. The name is null once the admin was removed. */
  viewers: z.array(z.object({ adminUserId: z.uuid(), name: z.string().nullable(), viewedAt: z.iso.datetime() })),
})
export type LLMCallbackDetail = z.infer<typeof llmCallbackDetailSchema>
