import { type SQL, sql } from 'drizzle-orm'
import type { HistoryInput } from './history-schemas'
import { hasViewOf, isViewedBy, readMarkOf } from './viewed'
import type { ConditionFilter } from './vocabulary'

/** The SQL conditions on `llm_callbacks as c` of one set of filters, each with the index that serves it alone. */
export function historyConditions(input: HistoryInput, userId: string): SQL[] {
  const conditions: SQL[] = []
  // llm_callbacks_status_seq_idx
  if (input.status) conditions.push(isOneOf(sql`c.status`, input.status))
  // llm_callbacks_workflow_name_seq_idx
  if (input.workflow) conditions.push(isOneOf(sql`c.workflow_name`, input.workflow))
  // llm_callbacks_event_type_seq_idx
  if (input.event) conditions.push(isOneOf(sql`c.event_type`, input.event))
  // Sources and schemes are few: llm_callbacks_seq_key, passing over the others.
  if (input.source) conditions.push(isOneOf(sql`c.source`, input.source))
  if (input.scheme) conditions.push(isOneOf(sql`c.signature_scheme`, input.scheme))
  if (input.condition) conditions.push(hasOneOf(input.condition))
  // llm_callbacks_external_job_id_seq_idx
  if (input.job !== undefined) conditions.push(sql`c.external_job_id = ${input.job}`)
  // The primary key.
  if (input.ids) conditions.push(sql`c.id = any(${textArray(input.ids)}::uuid[])`)
  // llm_callbacks_created_at_idx, or llm_callbacks_seq_key where the range reaches up to the newest.
  if (input.from) conditions.push(sql`c.created_at >= ${input.from.toISOString()}::timestamptz`)
  if (input.to) conditions.push(sql`c.created_at < ${input.to.toISOString()}::timestamptz`)
  if (input.viewed !== undefined) conditions.push(viewedIs(input.viewed, userId))
  return conditions
}

/** Could not be read. Index: llm_callbacks_quarantined_seq_idx, whose predicate this is. */
export const isQuarantined = sql`c.payload_state = 'quarantined'`
/** Redelivered with different content. Index: llm_callbacks_variant_seq_idx, whose predicate this is. */
export const isVariant = sql`c.conditions @> '{variant}'`

/** Index: llm_callbacks_conditions_seq_idx, which is partial: its own predicate has to be repeated. */
function hasOneOf(filters: readonly ConditionFilter[]): SQL {
  const [first, ...others] = filters
  if (others.length === 0 && first === 'quarantined') return isQuarantined
  if (others.length === 0 && first === 'variant') return isVariant
  const named = sql`c.conditions && ${textArray(filters)}`
  const either = filters.includes('quarantined') ? sql`(${named} or ${isQuarantined})` : named
  return sql`c.conditions <> '{}' and ${either}`
}

/** Plain equality for a single value: only then does an index on (column, seq) return its rows in the order of seq. */
function isOneOf(column: SQL, values: readonly string[]): SQL {
  const [first] = values
  return values.length === 1 ? sql`${column} = ${first}` : sql`${column} = any(${textArray(values)})`
}

// Unviewed: llm_callbacks_seq_key down to the mark. Viewed: below the mark it is every row.
function viewedIs(viewed: boolean, userId: string): SQL {
  return viewed ? isViewedBy(userId) : sql`(c.seq > ${readMarkOf(userId)} and not ${hasViewOf(userId)})`
}

/** One array parameter, as Drizzle would otherwise spread it into a list of parameters. */
function textArray(values: readonly string[]): SQL {
  return sql`${sql.param(values)}::text[]`
}
