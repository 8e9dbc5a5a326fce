import { z } from 'zod'
import { pageLimit } from '@/lib/http/page-limit'
import { handledSchema, llmCallbackIdSchema, viewedLLMCallbackSummarySchema } from './schemas'
import { callbackStatuses, conditionFilters } from './vocabulary'

const valuesMax = 200

/**
 * A list in a URL: values between commas, each at most once. A comma inside a value is written `%2C` before the URL is
 * encoded (nuqs' parseAsArrayOf does the same).
 */
function listOf<Schema extends z.ZodType<string, string>>(value: Schema) {
  return z
    .string()
    .transform((text) => [...new Set(text.split(','))].map((part) => part.replaceAll('%2C', ',')))
    .pipe(z.array(value).max(valuesMax))
    .optional()
}

/** Text as it stands in a column: PostgreSQL has no NUL in text, so none can match. */
const columnText = z
  .string()
  .min(1)
  .max(1_024)
  .refine((text) => !text.includes('\0'), 'must not contain NUL')

/** A moment of the years 0001 to 9999 in UTC: an offset leads beyond them, where neither ISO 8601 nor PostgreSQL follows. */
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine(
    (moment) => moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999,
    'must be in the years 0001 to 9999',
  )
  .optional()

/** What the history may be asked, as it stands in the URL. Values of one filter are alternatives; filters add up. */
export const historyInputSchema = z.strictObject({
  status: listOf(z.enum(callbackStatuses)),
  workflow: listOf(columnText),
  event: listOf(columnText),
  source: listOf(columnText),
  scheme: listOf(columnText),
  condition: listOf(z.enum(conditionFilters)),
  ids: listOf(llmCallbackIdSchema),
  job: columnText.optional(),
  viewed: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** Received at or after. */
  from: time,
  /** Received before. */
  to: time,
  cursor: z.string().max(64).optional(),
  limit: pageLimit({ max: 200, standard: 50 }),
})
export type HistoryInput = z.output<typeof historyInputSchema>

/** One row of the history. */
export const historyItemSchema = viewedLLMCallbackSummarySchema.extend({
  /** Null while nobody has dealt with it; most callbacks never need it. */
  handled: handledSchema.nullable(),
})
export type HistoryItem = z.infer<typeof historyItemSchema>

/** What the history answers. */
export const callbackHistorySchema = z.object({
  items: z.array(historyItemSchema),
  /** Of the next older page; null on the last one. */
  nextCursor: z.string().nullable(),
  /** Of the next newer page, to be asked with `direction=newer`; null on the newest one. */
  previousCursor: z.string().nullable(),
  /** The cursor came from another life of the database: this is the newest page instead. */
  reset: z.boolean(),
})
export type CallbackHistory = z.infer<typeof callbackHistorySchema>
