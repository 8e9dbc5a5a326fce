import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { firstRow } from './first-row'

type PruneOptions = {
  /** Callbacks that were received longer ago than this are deleted, by the database's clock. */
  olderThanMs: number
  /** Told after each batch how many are deleted by now. */
  onProgress?: (pruned: number) => void
  batchRowsMax?: number
  /** How long to wait for transactions of others to end. */
  patienceMs?: number
}

/** How many callbacks were old enough, how many of these this run deleted (another may have), and how far in time it came. */
type Batch = { found: number; pruned: number; reached: Date }

const batchBytesMax = 16 * 1024 * 1024
const pollIntervalMs = 10

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
 * duplicate. Works in short transactions with pauses between them and takes no lock that a delivery waits for; may be
 * interrupted at any moment, started again, and run by several at once.
 *
 * @returns how many were deleted
 * @throws Error where a transaction of somebody else does not end within `patienceMs`
 */
export async function pruneCallbacks(db: Database, options: PruneOptions): Promise<number> {
  const { olderThanMs, onProgress, batchRowsMax = 500, patienceMs = 60_000 } = options
  await requireTombstones(db)
  const before = await cutoffOf(db, olderThanMs)
  let total = 0
  let from = new Date(0)
  for (;;) {
    const startedAt = performance.now()
    const { found, pruned, reached } = await pruneBatch(db, { from, before, batchRowsMax, patienceMs })
    if (found === 0) return total
    total += pruned
    // The next batch need not walk over what this one left in the index until it is vacuumed.
    from = reached
    onProgress?.(total)
    await sleep(performance.now() - startedAt)
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

type BatchInput = { from: Date; before: Date; batchRowsMax: number; patienceMs: number }

/**
 * One batch: first the tombstones, then, when no insert is left that may have missed them, the deletion. Interrupted in between, a
 * callback has both for a while, which is no harm: its retries are its duplicates either way.
 */
async function pruneBatch(db: Database, input: BatchInput): Promise<Batch> {
  const { ids, reached } = await keepTombstones(db, input)
  if (ids.length === 0) return { found: 0, pruned: 0, reached }
  await outwaitInserts(db, input.patienceMs)
  return { found: ids.length, pruned: await deleteRows(db, ids), reached }
}

/** Index: llm_callbacks_created_at_idx. A tombstone may be there: of a run that was cut short, or of another at this moment. */
async function keepTombstones(
  db: Database,
  { from, before, batchRowsMax }: BatchInput,
): Promise<{ ids: string[]; reached: Date }> {
  const { rows } = await db.execute<{ ids: string[]; reachedMs: number | null }>(sql`
    with aged as (
      select id, delivery_key, content_digest, created_at, octet_length(raw) as bytes from llm_callbacks
      where created_at >= ${from} and created_at < ${before}
      order by created_at, id limit ${batchRowsMax}
    ), summed as (
      select *, sum(bytes) over (order by created_at, id) - bytes as bytes_before from aged
    ), batch as materialized (
      select * from summed where bytes_before < ${batchBytesMax}
    ), kept as (
      insert into llm_callback_tombstones (delivery_key, content_digest, id)
      select delivery_key, content_digest, id from batch order by delivery_key
      on conflict (delivery_key) do nothing
    )
    select coalesce(array_agg(id::text), '{}') as ids,
      floor(extract(epoch from max(created_at)) * 1000)::float8 as "reachedMs"
    from batch`)
  const { ids, reachedMs } = firstRow(rows)
  return { ids, reached: new Date(reachedMs ?? 0) }
}

/**
 * Waits for the transactions that hold an insert's lock on the table now. An insert takes it before the snapshot that it works
 * on: one that comes later sees the tombstones, and one that is over can't store anything any more. Without this, an insert
 * with an older snapshot would see no tombstone, find the key free once its row is deleted, and store the callback again.
 */
async function outwaitInserts(db: Database, patienceMs: number): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  let pending = await insertsUnderWay(db)
  while (pending.length > 0) {
    if (performance.now() > giveUpAt) {
      throw new Error(
        'A transaction that writes to llm_callbacks does not end. What was pruned so far stays so; end it, then prune again.',
      )
    }
    await sleep(pollIntervalMs)
    const still = new Set(await insertsUnderWay(db))
    pending = pending.filter((transaction) => still.has(transaction))
  }
}

/** The virtual ids of the transactions: unlike the real ones, they are there before the first row is written. */
async function insertsUnderWay(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ transaction: string }>(sql`
    select virtualtransaction as transaction from pg_locks
    where granted and mode = 'RowExclusiveLock' and relation = 'llm_callbacks'::regclass
      and database = (select oid from pg_database where datname = current_database())`)
  return rows.map((row) => row.transaction)
}

/** Locks in the order of the ids, as counting deliveries does, so that the two can't deadlock. */
async function deleteRows(db: Database, ids: readonly string[]): Promise<number> {
  const result = await db.$client.query(
    `with locked as (select id from llm_callbacks where id = any($1::uuid[]) order by id for update)
    delete from llm_callbacks c using locked where c.id = locked.id`,
    [ids],
  )
  return result.rowCount ?? 0
}
