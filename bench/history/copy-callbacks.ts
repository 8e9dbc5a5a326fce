import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

type Copies = { from: number; to: number; onProgress: (loaded: number) => void }

/**
 * Stores copies of the callbacks that are there until there are enough. Each is of a job of its own, with the bytes and the view of a callback that was
 * received; its digests are as random, but not those that receiving would make. The indexes are made at the end, as they are sorted once then; the two that other
 * tables refer to grow at one end anyway.
 */
export async function copyCallbacks(db: Database, { from, to, onProgress }: Copies): Promise<void> {
  const { rows: indexes } = await db.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = 'llm_callbacks' and indexname not in ('llm_callbacks_pkey', 'llm_callbacks_seq_key')`)
  await db.execute(sql`create unlogged table bench_originals as select * from llm_callbacks`)
  for (const { name } of indexes) await db.execute(sql.raw(`drop index ${name}`))
  for (let stored = from; stored < to; stored += from) {
    const count = Math.min(from, to - stored)
    await db.execute(sql`
      insert into llm_callbacks (
        id, source, callback_id, delivery_key, content_digest, event_type, status, workflow_name, external_job_id, step_id,
        error_message, event_time, duration_ms, tokens_total, cost_usd, raw, payload, payload_state, payload_preview, conditions,
        signature_valid, signature_header, signature_scheme, secret_id, verified_at)
      select
        uuidv7(), source, case when callback_id is not null then job end, sha256(delivery_key || job::bytea), sha256(bytes), event_type,
        status, workflow_name, case when external_job_id is not null then job end, step_id, error_message, event_time, duration_ms,
        tokens_total, cost_usd, bytes, case when payload is not null then convert_from(bytes, 'UTF8')::jsonb end, payload_state,
        payload_preview, conditions, signature_valid, signature_header, signature_scheme, secret_id, verified_at
      from (
        select *, convert_to(replace(convert_from(raw, 'UTF8'), coalesce(external_job_id, 'none'), job), 'UTF8') as bytes
        from (select *, gen_random_uuid()::text as job from bench_originals limit ${count}) as original) as copy`)
    onProgress(stored + count)
  }
  await db.execute(sql`drop table bench_originals`)
  await db.transaction(async (transaction) => {
    await transaction.execute(sql`set local maintenance_work_mem = '512MB'`)
    for (const { definition } of indexes) await transaction.execute(sql.raw(definition))
  })
}
