import { type SQL, sql } from 'drizzle-orm'
import type { HistoryFilters, ValueFilter } from './history-schemas'
import { type CallbackStatus, type ConditionFilter, callbackStatuses } from './vocabulary'

/**
 * The SQL conditions on `llm_callbacks as c` of one set of filters, each with the index that serves it alone. Viewed and handled
 * stand in other tables and decide where the rows are looked for, see selectMatching().
 */
export function historyConditions(filters: HistoryFilters): SQL[] {
  const conditions: SQL[] = []
  // llm_callbacks_status_seq_idx
  if (filters.status) conditions.push(isOneOf(sql`c.status`, allowedStatuses(filters.status)))
  // llm_callbacks_workflow_name_seq_idx
  if (filters.workflow) conditions.push(...valueConditions(sql`c.workflow_name`, filters.workflow))
  // llm_callbacks_event_type_seq_idx
  if (filters.event) conditions.push(...valueConditions(sql`c.event_type`, filters.event))
  // llm_callbacks_source_seq_idx
  if (filters.source) conditions.push(...valueConditions(sql`c.source`, filters.source))
  // llm_callbacks_signature_scheme_seq_idx
  if (filters.scheme) conditions.push(...valueConditions(sql`c.signature_scheme`, filters.scheme))
  if (filters.condition) conditions.push(...conditionConditions(filters.condition))
  // llm_callbacks_external_job_id_seq_idx
  if (filters.job !== undefined) conditions.push(sql`c.external_job_id = ${filters.job}`)
  // The primary key.
  if (filters.ids) conditions.push(sql`c.id = any(${textArray(filters.ids)}::uuid[])`)
  // llm_callbacks_created_at_idx, or llm_callbacks_seq_key where the range reaches up to the newest.
  if (filters.from) conditions.push(sql`c.created_at >= ${filters.from.toISOString()}::timestamptz`)
  if (filters.to) conditions.push(sql`c.created_at < ${filters.to.toISOString()}::timestamptz`)
  return conditions
}

/** Could not be read. Index: llm_callbacks_quarantined_seq_idx, whose predicate this is. */
export const isQuarantined = sql`c.payload_state = 'quarantined'`
/** Redelivered with different content. Index: llm_callbacks_variant_seq_idx, whose predicate this is. */
export const isVariant = sql`c.conditions @> '{variant}'`

/** There are seven: what is not excluded can be named, and is found by the index. */
function allowedStatuses({ include, exclude }: ValueFilter<CallbackStatus>): CallbackStatus[] {
  const candidates = include.length > 0 ? include : callbackStatuses
  return candidates.filter((status) => !exclude.includes(status))
}

function valueConditions(column: SQL, { include, exclude }: ValueFilter<string>): SQL[] {
  const conditions: SQL[] = []
  if (include.length > 0) conditions.push(isOneOf(column, include))
  if (exclude.length > 0) conditions.push(isNoneOf(column, exclude))
  return conditions
}

/** Plain equality for a single value: only then does an index on (column, seq) return its rows in the order of seq. */
function isOneOf(column: SQL, values: readonly string[]): SQL {
  const [first] = values
  return values.length === 1 ? sql`${column} = ${first}` : sql`${column} = any(${textArray(values)})`
}

/**
 * What has no value is none of them either. A single value is excluded by two ranges, which the index serves where that value
 * is nearly all there is: "<>" would pass over every row.
 */
function isNoneOf(column: SQL, values: readonly string[]): SQL {
  const [first] = values
  const isOther =
    values.length === 1
      ? sql`${column} < ${first} or ${column} > ${first}`
      : sql`${column} <> all(${textArray(values)})`
  return sql`(${isOther} or ${column} is null)`
}

function conditionConditions({ include, exclude }: ValueFilter<ConditionFilter>): SQL[] {
  const conditions: SQL[] = []
  if (include.length > 0) conditions.push(hasOneOf(include))
  if (exclude.includes('quarantined')) conditions.push(sql`c.payload_state <> 'quarantined'`)
  // llm_callbacks_seq_key, passing over those that are out of the ordinary.
  if (exclude.length > 0) conditions.push(sql`not c.conditions && ${textArray(exclude)}`)
  return conditions
}

/** Index: llm_callbacks_conditions_seq_idx, which is partial: its own predicate has to be repeated. */
function hasOneOf(filters: readonly ConditionFilter[]): SQL {
  const [first, ...others] = filters
  if (others.length === 0 && first === 'quarantined') return isQuarantined
  if (others.length === 0 && first === 'variant') return isVariant
  const named = sql`c.conditions && ${textArray(filters)}`
  const either = filters.includes('quarantined') ? sql`(${named} or ${isQuarantined})` : named
  return sql`c.conditions <> '{}' and ${either}`
}

/** One array parameter, as Drizzle would otherwise spread it into a list of parameters. */
function textArray(values: readonly string[]): SQL {
  return sql`${sql.param(values)}::text[]`
}
