import { hash } from 'node:crypto'
import type { Database } from '@/db/client'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import type { LLMCallbackId } from '../schemas'
import { type InsertOptions, insertQuery } from './insert-callbacks'
import type { NewLLMCallback } from './new-callback'

/** Indexes: llm_callbacks_delivery_key_key, the tombstones' primary key. */
const findKeySql = `
select 1 from llm_callbacks where delivery_key = decode($1, 'hex')
union all
select 1 from llm_callback_tombstones where delivery_key = decode($1, 'hex')`

/** Index: llm_callbacks_pkey. Its trigger takes the ordering lock, under which seq is drawn once more. */
const takeTurnSql = `
update llm_callbacks set seq = default, delivery_key = decode($2, 'hex')
where id = $1 and not exists (select from llm_callback_tombstones t where t.delivery_key = decode($2, 'hex'))`

/**
 * As `insertCallbacks`, for a body so large that PostgreSQL takes long to read and compress it (about 100 ms a MB). That is done
 * before the ordering lock is taken, so that nobody waits behind it: the row is written under a key that nobody else has, and gets
 * its real key and its place in the feed just before the commit. Until then no other transaction sees it, or waits for its key.
 * A retry brings no new row, so the key is looked up first.
 */
export async function insertLargeCallback(
  db: Database,
  callback: NewLLMCallback,
  options: InsertOptions = {},
): Promise<Set<LLMCallbackId>> {
  const { id, deliveryKey } = callback
  const known = await db.$client.query(findKeySql, [deliveryKey])
  if (known.rowCount !== 0) return new Set()
  const ownKey = hash('sha256', id)
  const client = await db.$client.connect()
  try {
    await client.query("begin; set local callboard.feed_turn = 'later'")
    await client.query(insertQuery([{ ...callback, deliveryKey: ownKey }], options))
    const { rowCount } = await client.query(takeTurnSql, [id, deliveryKey])
    await client.query(rowCount === 1 ? 'commit' : 'rollback')
    client.release()
    return new Set(rowCount === 1 ? [id] : [])
  } catch (error) {
    // With its transaction, and with whatever it may still be busy with.
    client.release(true)
    if (sqlStateOf(error) === SQLSTATE.uniqueViolation) return new Set()
    throw error
  }
}
