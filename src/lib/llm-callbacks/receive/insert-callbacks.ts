import type { QueryConfig } from 'pg'
import type { Queryable } from '@/db/pipeline'
import { textArray } from '@/db/text-array'
import type { LLMCallbackId } from '../schemas'
import { jsonbViewOf } from './jsonb-view'
import type { NewLLMCallback } from './new-callback'

type Column = {
  name: string
  /** What is sent for a callback; `start` is where its body begins among the batch's, from 1. */
  text: (callback: NewLLMCallback, start: number) => string | null
  /** What becomes of it, `r.<name>` being the text; the text itself where that is left out. */
  sql?: string
}

/** Whose texts travel, each column's as one array. */
const sent: readonly Column[] = [
  { name: 'id', text: ({ id }) => id, sql: 'r.id::uuid' },
  { name: 'source', text: ({ source }) => source },
  { name: 'callback_id', text: ({ callbackId }) => callbackId },
  { name: 'delivery_key', text: ({ deliveryKey }) => deliveryKey, sql: 'keys.delivery_key' },
  { name: 'content_digest', text: ({ contentDigest }) => contentDigest, sql: `decode(r.content_digest, 'hex')` },
  {
    name: 'variant_of',
    text: ({ variantOf }) => variantOf,
    sql: `(select first.id from llm_callbacks first where first.id = r.variant_of::uuid
    and not exists (select from llm_callback_tombstones t where t.delivery_key = first.delivery_key))`,
  },
  { name: 'event_type', text: ({ eventType }) => eventType },
  { name: 'status', text: ({ status }) => status },
  { name: 'workflow_name', text: ({ workflowName }) => workflowName },
  { name: 'external_job_id', text: ({ externalJobId }) => externalJobId },
  { name: 'step_id', text: ({ stepId }) => stepId },
  { name: 'error_message', text: ({ errorMessage }) => errorMessage },
  { name: 'event_time', text: ({ eventTime }) => eventTime, sql: 'r.event_time::timestamptz' },
  { name: 'duration_ms', text: ({ durationMs }) => digits(durationMs), sql: 'r.duration_ms::bigint' },
  { name: 'tokens_total', text: ({ tokensTotal }) => digits(tokensTotal), sql: 'r.tokens_total::bigint' },
  { name: 'cost_usd', text: ({ costUsd }) => costUsd, sql: 'r.cost_usd::numeric' },
  { name: 'payload_state', text: ({ payloadState }) => payloadState },
  { name: 'payload_preview', text: ({ payloadPreview }) => payloadPreview },
  {
    name: 'conditions',
    text: ({ conditions }) => conditions.join(','),
    sql: `string_to_array(r.conditions, ',')`,
  },
  { name: 'signature_header', text: ({ signatureHeader }) => signatureHeader },
  { name: 'signature_scheme', text: ({ signatureScheme }) => signatureScheme },
  { name: 'secret_id', text: ({ secretId }) => secretId, sql: 'r.secret_id::uuid' },
  { name: 'verified_at', text: ({ verifiedAt }) => verifiedAt, sql: 'r.verified_at::timestamptz' },
]

/** Worked out of what was sent. */
const made = {
  raw: 'body.raw',
  payload: `case when r.payload_state = 'stored' then ${jsonbViewOf('body.raw')} end`,
  signature_valid: 'true',
}

/** Where each body stands among those of the batch. */
const spans: readonly Column[] = [
  { name: 'raw_start', text: (_, start) => String(start) },
  { name: 'raw_length', text: ({ raw }) => String(raw.length) },
]

const travelling = [...sent, ...spans]

/**
 * One statement for the whole batch, in a transaction of its own: the ordering lock that its trigger takes is held for
 * no longer than the statement and its commit. Bodies travel as one binary value, cut apart here; the jsonb view is made
 * from the same bytes, so that nothing is sent twice. All else travels as texts.
 *
 * Tombstones are looked up by their primary key, a probe for each row: as a join, the planner might read all of them. What has no
 * tombstone in this statement's snapshot is not deleted before its end (see pruneCallbacks): not the callback of a key, and not
 * the first that a variant is to point at.
 */
const insertSql = `
insert into llm_callbacks (${[...sent.map(({ name }) => name), ...Object.keys(made)].join(', ')})
select ${[...sent.map(({ name, sql = `r.${name}` }) => sql), ...Object.values(made)].join(', ')}
from unnest(${travelling.map((_, index) => `$${index + 2}::text[]`).join(', ')})
  as r (${travelling.map(({ name }) => name).join(', ')})
cross join lateral (select decode(r.delivery_key, 'hex') as delivery_key) as keys
cross join lateral (select substring($1::bytea from r.raw_start::int for r.raw_length::int) as raw) as body
where (select true from llm_callback_tombstones t where t.delivery_key = keys.delivery_key) is null
on conflict (delivery_key) do nothing
returning id`

export type InsertOptions = {
  /**
   * Whether the connections are known to lead straight to PostgreSQL: then the statement is planned once for each, and the next batch
   * is sent before this one is answered. A pooler in transaction mode may hand out a server that has never heard of the statement.
   */
  isDirect?: boolean
}

/**
 * Inserts the callbacks whose delivery key is not taken, by a callback or by the tombstone of one, in the order given, and
 * commits. A variant whose first was pruned stands alone.
 * @returns the ids that are now stored. A missing id proves nothing but that its key was taken when the statement ran.
 */
export async function insertCallbacks(
  client: Queryable,
  callbacks: readonly NewLLMCallback[],
  options: InsertOptions = {},
): Promise<Set<LLMCallbackId>> {
  const result = await client.query<{ id: LLMCallbackId }>(insertQuery(callbacks, options))
  return new Set(result.rows.map((row) => row.id))
}

/** The statement by itself, for a transaction of the caller's. Returns as `insertCallbacks` does. */
export function insertQuery(callbacks: readonly NewLLMCallback[], { isDirect = false }: InsertOptions): QueryConfig {
  let end = 1
  const starts = callbacks.map(({ raw }) => {
    const start = end
    end += raw.length
    return start
  })
  const texts = travelling.map(({ text }) => textArray(callbacks.map((callback, n) => text(callback, starts[n] ?? 0))))
  const bodies = Buffer.concat(callbacks.map(({ raw }) => raw))
  return { name: isDirect ? 'insert_callbacks' : undefined, text: insertSql, values: [bodies, ...texts] }
}

function digits(number: number | null): string | null {
  return number === null ? null : String(number)
}
