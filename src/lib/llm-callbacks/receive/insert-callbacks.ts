import type { QueryConfig } from 'pg'
import type { Database } from '@/db/client'
import type { LLMCallbackId } from '../schemas'
import { jsonbViewOf } from './jsonb-view'
import type { NewLLMCallback } from './new-callback'

/**
 * One statement for the whole batch, in a transaction of its own: the ordering lock that its trigger takes is held for
 * no longer than the statement and its commit. Bodies travel as one binary value, cut apart here; the jsonb view is made
 * from the same bytes, so that nothing is sent twice.
 *
 * Tombstones are looked up by their primary key, a probe for each row: as a join, the planner might read all of them. What has no
 * tombstone in this statement's snapshot is not deleted before its end (see pruneCallbacks): not the callback of a key, and not
 * the first that a variant is to point at.
 */
const insertSql = `
insert into llm_callbacks (
  id, source, callback_id, delivery_key, content_digest, variant_of, event_type, status, workflow_name,
  external_job_id, step_id, error_message, event_time, duration_ms, tokens_total, cost_usd,
  raw, payload, payload_state, payload_preview, conditions,
  signature_valid, signature_header, signature_scheme, secret_id, verified_at)
select
  r.id, r.source, r.callback_id, r.delivery_key, r.content_digest,
  (select first.id from llm_callbacks first where first.id = r.variant_of
    and not exists (select from llm_callback_tombstones t where t.delivery_key = first.delivery_key)),
  r.event_type, r.status, r.workflow_name,
  r.external_job_id, r.step_id, r.error_message, r.event_time, r.duration_ms, r.tokens_total, r.cost_usd,
  body.raw, case when r.payload_state = 'stored' then ${jsonbViewOf('body.raw')} end,
  r.payload_state, r.payload_preview, string_to_array(r.conditions, ','),
  true, r.signature_header, r.signature_scheme, r.secret_id, r.verified_at
from unnest(
  $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::uuid[], $8::text[], $9::text[], $10::text[],
  $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::bigint[], $16::bigint[], $17::numeric[],
  $18::int[], $19::int[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::uuid[], $26::timestamptz[]
) as r (
  id, source, callback_id, delivery_key, content_digest, variant_of, event_type, status, workflow_name,
  external_job_id, step_id, error_message, event_time, duration_ms, tokens_total, cost_usd,
  raw_start, raw_length, payload_state, payload_preview, conditions, signature_header, signature_scheme, secret_id, verified_at)
cross join lateral (select substring($1::bytea from r.raw_start for r.raw_length) as raw) as body
where (select true from llm_callback_tombstones t where t.delivery_key = r.delivery_key) is null
on conflict (delivery_key) do nothing
returning id`

export type InsertOptions = {
  /**
   * Whether the connections are known to lead straight to PostgreSQL: then the statement is planned once for each. A pooler in
   * transaction mode may hand out a server that has never heard of it.
   */
  isDirect?: boolean
}

/**
 * Inserts the callbacks whose delivery key is not taken, by a callback or by the tombstone of one, in the order given, and
 * commits. A variant whose first was pruned stands alone.
 * @returns the ids that are now stored. A missing id proves nothing but that its key was taken when the statement ran.
 */
export async function insertCallbacks(
  db: Database,
  callbacks: readonly NewLLMCallback[],
  options: InsertOptions = {},
): Promise<Set<LLMCallbackId>> {
  const result = await db.$client.query<{ id: LLMCallbackId }>(insertQuery(callbacks, options))
  return new Set(result.rows.map((row) => row.id))
}

/** The statement by itself, for a transaction of the caller's. Returns as `insertCallbacks` does. */
export function insertQuery(callbacks: readonly NewLLMCallback[], { isDirect = false }: InsertOptions): QueryConfig {
  const column = <Key extends keyof NewLLMCallback>(key: Key) => callbacks.map((callback) => callback[key])
  let end = 1
  const starts = callbacks.map((callback) => {
    const start = end
    end += callback.raw.length
    return start
  })
  const values = [
    Buffer.concat(column('raw')),
    column('id'),
    column('source'),
    column('callbackId'),
    column('deliveryKey'),
    column('contentDigest'),
    column('variantOf'),
    column('eventType'),
    column('status'),
    column('workflowName'),
    column('externalJobId'),
    column('stepId'),
    column('errorMessage'),
    column('eventTime'),
    column('durationMs'),
    column('tokensTotal'),
    column('costUsd'),
    starts,
    callbacks.map((callback) => callback.raw.length),
    column('payloadState'),
    column('payloadPreview'),
    callbacks.map((callback) => callback.conditions.join(',')),
    column('signatureHeader'),
    column('signatureScheme'),
    column('secretId'),
    column('verifiedAt'),
  ]
  return { name: isDirect ? 'insert_callbacks' : undefined, text: insertSql, values }
}
