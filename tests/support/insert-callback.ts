import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { llmCallbacks } from '@/db/schema'
import { type LLMCallbackId, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

type CallbackValues = Partial<typeof llmCallbacks.$inferInsert>
type InsertedCallback = { id: LLMCallbackId; seq: number }
/** A database or a transaction on one. */
type Inserter = Pick<Database, 'insert'>

/** Puts one row into the table without the receive path: a completed verdict, unless told otherwise. */
export async function insertCallback(db: Inserter, values: CallbackValues = {}): Promise<InsertedCallback> {
  const jobId = values.externalJobId ?? randomUUID()
  const raw = values.raw ?? Buffer.from(JSON.stringify({ event: 'workflow.completed', job_id: jobId }))
  const [row] = await db
    .insert(llmCallbacks)
    .values({
      id: randomUUID(),
      source: 'llm-callback',
      callbackId: jobId,
      deliveryKey: randomBytes(32),
      contentDigest: createHash('sha256').update(raw).digest(),
      eventType: 'workflow.completed',
      status: 'completed',
      workflowName: 'emergency_contacts',
      externalJobId: jobId,
      raw,
      payloadState: 'stored',
      payloadPreview: raw.toString('utf8').slice(0, 200),
      signatureValid: true,
      signatureScheme: 'hmac-sha256-hex',
      ...values,
    })
    .returning({ id: llmCallbacks.id, seq: llmCallbacks.seq })
  if (!row) throw new Error('the row was not inserted')
  return { id: llmCallbackIdSchema.parse(row.id), seq: row.seq }
}

/** Puts `count` rows in, one after the other; oldest first in the answer. */
export async function insertCallbacks(
  db: Database,
  count: number,
  values: CallbackValues = {},
): Promise<InsertedCallback[]> {
  const inserted: InsertedCallback[] = []
  for (let index = 0; index < count; index++) inserted.push(await insertCallback(db, values))
  return inserted
}

/** Puts three rows in, oldest first. */
export async function insertThree(db: Database): Promise<[InsertedCallback, InsertedCallback, InsertedCallback]> {
  return [await insertCallback(db), await insertCallback(db), await insertCallback(db)]
}

/** Puts `count` rows in with one statement, spread over workflows, events, jobs and states, for questions about plans. */
export async function insertManyCallbacks(db: Database, count: number): Promise<void> {
  await db.execute(sql`
    insert into llm_callbacks (id, source, callback_id, delivery_key, content_digest, event_type, status, workflow_name,
      external_job_id, raw, payload_state, payload_preview, conditions, signature_valid, created_at, last_delivered_at)
    select gen_random_uuid(), 'llm-callback', n::text, sha256(n::text::bytea), sha256('x'),
      case when n % 200 = 0 then 'workflow.failed' else 'workflow.completed' end,
      case when n % 200 = 0 then 'failed' else 'completed' end,
      'workflow_' || n % 500, 'job_' || n / 7, 'x', 'stored', repeat('x', 200),
      case when n % 1000 = 0 then '{clock_skew}'::text[] else '{}' end, true,
      now() - (${count}::int - n) * interval '1 minute', now()
    from generate_series(1, ${count}::int) n`)
  await db.execute(sql`analyze llm_callbacks`)
}
