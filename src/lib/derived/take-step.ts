import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { llmCallbackFollowers } from '@/db/schema'
import type { Consumer, FeedSpan, Transaction } from './consumer'

/** `more`: the span was as long as they get, so that another may wait. `idle`: nothing is left for now. `busy`: somebody else takes this step now. */
export type StepOutcome = 'more' | 'idle' | 'busy'

const spanRowsMax = 500
const spanBytesMax = 8 * 1024 * 1024

/**
 * Takes one consumer one span further. What the consumer writes and its new position are committed together, or not at all:
 * whatever ends in between, each callback is consumed exactly once.
 *
 * @throws the database's errors, and the consumer's; `lockNotAvailable` where a callback of the span is being deleted
 */
export async function takeStep(consumer: Consumer, db: Database): Promise<StepOutcome> {
  return db.transaction(async (transaction) => {
    // A process that vanished without a word would hold the consumer's row until the network gave it up.
    await transaction.execute(sql`set local idle_in_transaction_session_timeout = '1min'`)
    const position = await lockPosition(consumer, transaction)
    if (position === null) return 'busy'
    const span = await nextSpan(position, consumer, transaction)
    if (!span) return 'idle'
    await consumer.consume(span, transaction)
    await transaction.execute(sql`
      update llm_callback_followers set position = ${span.through}::bigint, updated_at = now()
      where name = ${consumer.name}`)
    return span.isFull ? 'more' : 'idle'
  })
}

/** Null while another follower has it. */
async function lockPosition({ name }: Consumer, transaction: Transaction): Promise<number | null> {
  await transaction.insert(llmCallbackFollowers).values({ name }).onConflictDoNothing()
  const { rows } = await transaction.execute<{ position: number }>(sql`
    select position::float8 as position from llm_callback_followers where name = ${name} for update skip locked`)
  return rows[0]?.position ?? null
}

/**
 * Index: llm_callbacks_seq_key. What is above the position is all there will ever be up to the last of it, as seq equals the commit
 * order. Waiting for a row that is being deleted could end in a deadlock, as pruning takes its rows in another order.
 */
async function nextSpan(
  after: number,
  { rowsMax = spanRowsMax }: Consumer,
  transaction: Transaction,
): Promise<(FeedSpan & { isFull: boolean }) | null> {
  const { rows } = await transaction.execute<{ seq: number; bytes: number }>(sql`
    select c.seq::float8 as seq, octet_length(c.raw) as bytes from llm_callbacks c
    where c.seq > ${after}::bigint order by c.seq limit ${rowsMax}
    for key share nowait`)
  let through: number | undefined
  let bytes = 0
  for (const row of rows) {
    bytes += row.bytes
    // At least one, however long it is.
    if (through !== undefined && bytes > spanBytesMax) break
    through = row.seq
  }
  if (through === undefined) return null
  return { after, through, isFull: rows.length === rowsMax || through !== rows.at(-1)?.seq }
}
