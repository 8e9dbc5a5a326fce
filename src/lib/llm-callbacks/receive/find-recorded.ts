import type { Database } from '@/db/client'
import type { LLMCallbackId } from '../schemas'

/** Index: llm_callbacks_delivery_key_key, llm_callback_tombstones_pkey. One snapshot: what is being pruned is in one of them. */
const findSql = `
select id, delivery_key, content_digest from llm_callbacks where delivery_key = any($1::bytea[])
union all
select id, delivery_key, content_digest from llm_callback_tombstones where delivery_key = any($1::bytea[])`

/** Rows are locked in the order of their ids, so that two replicas that count overlapping retries can't deadlock. */
const countSql = `
with delivered as (
  select id, count(*) as times from unnest($1::uuid[]) as id group by id
), locked as (
  select c.id, d.times from llm_callbacks c join delivered d using (id) order by c.id for update of c
)
update llm_callbacks c
set delivery_count = c.delivery_count + locked.times, last_delivered_at = now()
from locked
where c.id = locked.id`

export type RecordedCallback = { id: LLMCallbackId; contentDigest: string }

/** Which of these delivery keys are stored, or were until they were pruned, and as what; by their key. Takes no lock. */
export async function findRecorded(db: Database, keys: readonly string[]): Promise<Map<string, RecordedCallback>> {
  const result = await db.$client.query<{ id: LLMCallbackId; delivery_key: Buffer; content_digest: Buffer }>(findSql, [
    keys.map((key) => Buffer.from(key, 'hex')),
  ])
  return new Map(
    result.rows.map((row) => [
      row.delivery_key.toString('hex'),
      { id: row.id, contentDigest: row.content_digest.toString('hex') },
    ]),
  )
}

/** Counts one more delivery for each id given (an id given twice counts twice); that of a pruned callback is no more counted. */
export async function countDeliveries(db: Database, ids: readonly LLMCallbackId[]): Promise<void> {
  await db.$client.query(countSql, [ids])
}
