import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import { firstRow } from './first-row'

type PruneOptions = {
  /** Callbacks that were received longer ago than this are deleted, by the database's clock. */
  olderThanMs: number
  /** Told after each batch how many are deleted by now. */
  onProgress?: (pruned: number) => void
  batchRowsMax?: number
  lockPatienceMs?: number
}

type Batch = { pruned: number; reached: Date }

/** Deliveries wait behind the lock that a batch asks for, and are given up after a second: together these must stay well below. */
const lockTimeoutMs = 250
const batchBytesMax = 16 * 1024 * 1024
const retryDelayMs = 250

/** How many callbacks `pruneCallbacks` would delete now. Index: llm_callbacks_created_at_idx. */
export async function countPrunable(db: Database, olderThanMs: number): Promise<number> {
  const before = await cutoffOf(db, olderThanMs)
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::float8 as count from llm_callbacks where created_at < ${before}`,
  )
  return firstRow(rows).count
}

/**
 * Deletes old callbacks with all that was stored of them, and leaves a tombstone for each, by which a late retry is still a
 * duplicate. Works in short transactions with pauses between them, so that deliveries pass; may be interrupted at any
 * moment, started again, and run by several at once.
 *
 * @returns how many were deleted
 * @throws Error where something else keeps the table locked for longer than `lockPatienceMs`
 */
export async function pruneCallbacks(db: Database, options: PruneOptions): Promise<number> {
  const { olderThanMs, onProgress, batchRowsMax = 500, lockPatienceMs = 60_000 } = options
  await requireTombstones(db)
  const before = await cutoffOf(db, olderThanMs)
  let total = 0
  let from = new Date(0)
  for (;;) {
    const { pruned, reached, tookMs } = await pruneBatch(db, { from, before, batchRowsMax, lockPatienceMs })
    if (pruned === 0) return total
    total += pruned
    // The next batch need not walk over what this one left in the index until it is vacuumed.
    from = reached
    onProgress?.(total)
    await sleep(tookMs)
  }
}

/** A Callboard from before there were tombstones would not look for them. */
async function requireTombstones(db: Database): Promise<void> {
  const { rows } = await db.execute<{ exists: boolean }>(
    sql`select to_regclass('llm_callback_tombstones') is not null as exists`,
  )
  if (firstRow(rows).exists) return
  throw new Error(
    'This database is from an older Callboard: start this version on it, or run `callboard migrate up`, then prune.',
  )
}

async function cutoffOf(db: Database, olderThanMs: number): Promise<Date> {
  const { rows } = await db.execute<{ nowMs: number }>(
    sql`select (extract(epoch from now()) * 1000)::float8 as "nowMs"`,
  )
  return new Date(firstRow(rows).nowMs - olderThanMs)
}

type BatchInput = { from: Date; before: Date; batchRowsMax: number; lockPatienceMs: number }

/** One batch, tried until the lock is granted; and how long it was held up to the commit. */
async function pruneBatch(db: Database, input: BatchInput): Promise<Batch & { tookMs: number }> {
  const giveUpAt = performance.now() + input.lockPatienceMs
  for (;;) {
    const startedAt = performance.now()
    try {
      const batch = await deleteBatch(db, input)
      return { ...batch, tookMs: performance.now() - startedAt }
    } catch (error) {
      const state = sqlStateOf(error)
      if (state !== SQLSTATE.lockNotAvailable && state !== SQLSTATE.deadlockDetected) throw error
      if (performance.now() > giveUpAt) {
        throw new Error(
          'llm_callbacks is kept locked by something else (an index being built, a long transaction). What was pruned so far stays so; try again later.',
          { cause: error },
        )
      }
    }
    await sleep(retryDelayMs)
  }
}

/**
 * The lock lets reads pass and keeps inserts out. An insert takes its own lock before the snapshot that it works on: it has
 * either ended before this batch deletes anything, or sees the tombstones. Without it, an insert with an older snapshot
 * would see no tombstone yet, find the key free, and store the callback again.
 */
function deleteBatch(db: Database, { from, before, batchRowsMax }: BatchInput): Promise<Batch> {
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local lock_timeout = '${lockTimeoutMs}ms'`))
    await tx.execute(sql`lock table llm_callbacks in share row exclusive mode`)
    // Index: llm_callbacks_created_at_idx. A replica without the look-up of tombstones may have stored one again: "on conflict".
    const { rows } = await tx.execute<{ pruned: number; reachedMs: number | null }>(sql`
      with aged as (
        select id, created_at, octet_length(raw) as bytes from llm_callbacks
        where created_at >= ${from} and created_at < ${before}
        order by created_at limit ${batchRowsMax}
      ), summed as (
        select id, sum(bytes) over (order by created_at, id) - bytes as bytes_before from aged
      ), pruned as (
        delete from llm_callbacks c using summed s
        where c.id = s.id and s.bytes_before < ${batchBytesMax}
        returning c.id, c.delivery_key, c.content_digest, c.created_at
      ), kept as (
        insert into llm_callback_tombstones (delivery_key, content_digest, id)
        select delivery_key, content_digest, id from pruned
        on conflict (delivery_key) do nothing
      )
      select count(*)::int as pruned, floor(extract(epoch from max(created_at)) * 1000)::float8 as "reachedMs"
      from pruned`)
    const { pruned, reachedMs } = firstRow(rows)
    return { pruned, reached: new Date(reachedMs ?? 0) }
  })
}
