/** What a callback says of its job. A step event says `in_progress`. */
export const callbackStatuses = [
  'completed',
  'failed',
  'canceled',
  'in_progress',
  'waiting',
  'queued',
  'unknown',
] as const
export type CallbackStatus = (typeof callbackStatuses)[number]

/**
 * How readable a callback is: `stored` has a jsonb view; `raw_only` is readable JSON that jsonb can't hold;
 * `quarantined` was signed by the sender but is not readable as a callback.
 */
export const payloadStates = ['stored', 'raw_only', 'quarantined'] as const
export type PayloadState = (typeof payloadStates)[number]

/** What is out of the ordinary about a callback; shown as badges, filtered by `condition`. */
export const callbackConditions = [
  // Readable, with a remark.
  'nul',
  'lone_surrogate',
  'non_finite_number',
  'number_out_of_range',
  'too_deep',
  'duplicate_keys',
  'time_unreadable',
  'clock_skew',
  'variant',
  'token_only',
  // Why it was quarantined.
  'empty_body',
  'content_encoding',
  'not_utf8',
  'not_json',
  'not_a_callback',
] as const
export type CallbackCondition = (typeof callbackConditions)[number]

/** What a list may be filtered by: a condition, or `quarantined`, which stands for every reason of that. */
export const conditionFilters = [...callbackConditions, 'quarantined'] as const
export type ConditionFilter = (typeof conditionFilters)[number]

/** The count of what an admin has not viewed stops here; show it as "1,000+". */
export const unviewedCountMax = 1_000
