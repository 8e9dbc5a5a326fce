import { z } from 'zod'
import { pageLimit } from '@/lib/http/page-limit'
import { handledSchema, llmCallbackIdSchema, viewedLLMCallbackSummarySchema } from './schemas'
import { searchCharactersMax, searchCharactersMin } from './search/search-limits'
import { callbackStatuses, conditionFilters } from './vocabulary'

const valuesMax = 200

/** Values of one filter: at least one of `include`, where there are any, and none of `exclude`. */
export type ValueFilter<Value extends string> = { include: Value[]; exclude: Value[] }

/**
 * A list in a URL: values between commas, each at most once. A value after `!` is excluded. A comma inside a value is written `%2C`
 * (nuqs' parseAsArrayOf does the same), and a `!` that begins one `%21`, both before the URL is encoded.
 */
function listOf<Schema extends z.ZodType<string, string>>(value: Schema) {
  return z
    .string()
    .transform((text) => {
      const parts = [...new Set(text.split(','))]
      const isExcluded = (part: string) => part.startsWith('!')
      return {
        include: parts.filter((part) => !isExcluded(part)).map(readValue),
        exclude: parts.filter(isExcluded).map((part) => readValue(part.slice(1))),
      }
    })
    .pipe(z.object({ include: z.array(value).max(valuesMax), exclude: z.array(value).max(valuesMax) }))
    .optional()
}

function readValue(part: string): string {
  return part.replace(/^%21/, '!').replaceAll('%2C', ',')
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

const yesOrNo = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional()

/** The filters of the history, as they stand in the URL. Values of one filter are alternatives; filters add up. */
export const historyFiltersSchema = z.strictObject({
  status: listOf(z.enum(callbackStatuses)),
  workflow: listOf(columnText),
  event: listOf(columnText),
  source: listOf(columnText),
  scheme: listOf(columnText),
  condition: listOf(z.enum(conditionFilters)),
  ids: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(llmCallbackIdSchema).max(valuesMax))
    .optional(),
  job: columnText.optional(),
  /** By this admin. */
  viewed: yesOrNo,
  /** By anyone. */
  handled: yesOrNo,
  /** Words of the payload, the error or an id, all of which it contains; the last may be cut. What has none is found by nothing. */
  q: z.string().trim().min(searchCharactersMin).max(searchCharactersMax).optional(),
  /** Received at or after. */
  from: time,
  /** Received before. */
  to: time,
})
export type HistoryFilters = z.output<typeof historyFiltersSchema>

/** What the history may be asked, as it stands in the URL. */
export const historyInputSchema = historyFiltersSchema.extend({
  /** A `nextCursor`, or with `direction=newer` a `previousCursor`. */
  cursor: z.string().max(64).optional(),
  /** To which side of the cursor, older unless told; without a cursor it is the newest page either way. */
  direction: z.enum(['older', 'newer']).optional(),
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
