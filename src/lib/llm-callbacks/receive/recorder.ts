import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Database } from '@/db/client'
import { createPipeline } from '@/db/pipeline'
import { isDataError } from '@/db/sqlstate'
import { AppError } from '@/lib/http/app-error'
import type { LLMCallbackId } from '../schemas'
import { createDeadlines } from './deadlines'
import { countDeliveries, findRecorded, type RecordedCallback } from './find-recorded'
import { type InsertOptions, insertCallbacks } from './insert-callbacks'
import { insertLargeCallback } from './insert-large-callback'
import type { NewLLMCallback } from './new-callback'

/** What is proven to be stored for one delivery. */
export type Recorded = { id: LLMCallbackId; callbackId: string | null; duplicate: boolean }

export type Recorder = {
  /**
   * Resolves when the callback is stored and committed, or was before (a duplicate).
   * @throws AppError `unavailable` when that can't be proven in time. The row may still be written later: the sender's
   * retry is then a duplicate.
   */
  record(callback: NewLLMCallback): Promise<Recorded>
  /** Resolves when nothing is under way any more. */
  drain(): Promise<void>
}

type Options = InsertOptions & {
  db: Database
  /** Told of every batch that failed; the causes hold no payload. */
  onError: (error: unknown, rows: number) => void
  patienceMs?: number
}

const nextTick = promisify(process.nextTick)

/** Callbacks that wait to be inserted by the same statement, in at most `batchesMax` batches at a time. */
type Lane = {
  batchesMax: number
  rowsMax: number
  insert: (batch: readonly NewLLMCallback[]) => Promise<Set<LLMCallbackId>>
  waiting: Set<Entry>
  inserting: number
  /** Of the batches that are under way. */
  rowsUnderWay: number
}

/** Tells those who wait for a batch what has become of it. */
type Settle = () => void

type Entry = {
  callback: NewLLMCallback
  lane: Lane
  /** Set once the row is proven to be stored, while its delivery is still being counted. */
  proven: Recorded | null
  resolve: (recorded: Recorded) => void
  reject: (error: Error) => void
}

/** From here on PostgreSQL is busy with a body for longer than a batch of short ones may have to wait. */
const largeBytesMin = 256 * 1024
/** Of the processor they may take this much, and of the pool as many connections. */
const largeAtOnceMax = 2
const batchRowsMax = 200
/** What PostgreSQL takes some 50 ms for, during which others wait. */
const batchBytesMax = 512 * 1024
const retryAfterSeconds = '2'
/**
 * How long a callback may take to be stored before its sender is told to send it again. The answer must be out within a
 * second of the request's last byte (what came before is the sender's own time), so this leaves a quarter of it for the rest.
 */
export const answerPatienceMs = 750

/**
 * Records callbacks of concurrent requests in batches: one INSERT and one commit for all that wait. They are carried out one after the
 * other, so that rows keep the order in which they came; straight to PostgreSQL the next one is sent while one is under way, which then
 * has nobody to wait for. Large bodies are inserted one by one, and nobody waits for them.
 * Each caller is answered after its own batch has committed.
 */
export function createRecorder({ db, onError, patienceMs = answerPatienceMs, ...options }: Options): Recorder {
  const client = options.isDirect ? createPipeline(db.$client) : db.$client
  const lanes = {
    usual: newLane({
      batchesMax: options.isDirect ? 2 : 1,
      rowsMax: batchRowsMax,
      insert: (batch) => insertCallbacks(client, batch, options),
    }),
    large: newLane({ batchesMax: largeAtOnceMax, rowsMax: 1, insert: insertLarge }),
  }
  const deadlines = createDeadlines(patienceMs, giveUp)
  const underWay = new Set<Promise<void>>()
  let counting: Promise<void> = Promise.resolve()

  async function insertLarge(batch: readonly NewLLMCallback[]): Promise<Set<LLMCallbackId>> {
    const [callback] = batch
    return callback ? insertLargeCallback(db, callback, options) : new Set()
  }

  async function insertWaiting(lane: Lane): Promise<void> {
    lane.inserting += 1
    // What else has come in is read in this turn of the event loop, and a batch costs more than its rows.
    await nextTurn()
    let settle: Settle = () => {}
    let batch: Entry[] = []
    while (isDue(lane)) {
      batch = takeBatch(lane, Math.max(batch.length, lane.rowsUnderWay))
      lane.rowsUnderWay += batch.length
      const inserting = insertBatch(lane, batch)
      // The pool sends it in the next tick, and answers take longer than that: the last batch is answered while PostgreSQL works on this.
      await nextTick()
      settle()
      settle = await inserting
      lane.rowsUnderWay -= batch.length
    }
    settle()
    lane.inserting -= 1
  }

  /** Behind a batch that is under way, one is sent as soon as it has as many rows: many small ones cost more than a few large ones. */
  function isDue({ waiting, rowsUnderWay }: Lane): boolean {
    return waiting.size > 0 && waiting.size >= rowsUnderWay
  }

  /**
   * All that wait; behind another batch no more than half of both. Senders that get their answers together send together again: so one
   * half is read while PostgreSQL works on the other.
   */
  function takeBatch({ waiting, rowsMax }: Lane, rowsBefore: number): Entry[] {
    const half = Math.ceil((waiting.size + rowsBefore) / 2)
    const rows = rowsBefore === 0 ? rowsMax : Math.min(rowsMax, half)
    const batch: Entry[] = []
    let bytes = 0
    for (const entry of waiting) {
      bytes += entry.callback.raw.length
      if (batch.length > 0 && (batch.length === rows || bytes > batchBytesMax)) break
      waiting.delete(entry)
      batch.push(entry)
    }
    return batch
  }

  async function insertBatch(lane: Lane, batch: Entry[]): Promise<Settle> {
    try {
      const stored = await lane.insert(batch.map((entry) => entry.callback))
      return () => settleBatch(batch, stored)
    } catch (error) {
      onError(error, batch.length)
      if (isDataError(error)) return insertApart(lane, batch, error)
      return () => {
        for (const entry of batch) fail(entry, error)
      }
    }
  }

  function settleBatch(batch: readonly Entry[], stored: ReadonlySet<LLMCallbackId>): void {
    const taken: Entry[] = []
    for (const entry of batch) {
      const { id, callbackId } = entry.callback
      if (stored.has(id)) answer(entry, { id, callbackId, duplicate: false })
      else taken.push(entry)
    }
    if (taken.length > 0) track(settleTaken(taken))
  }

  /** One row that PostgreSQL refuses must not sink its neighbours; alone, it gets a last chance without its jsonb view. */
  async function insertApart(lane: Lane, batch: Entry[], error: unknown): Promise<Settle> {
    const [entry] = batch
    if (!entry) return () => {}
    if (batch.length > 1) {
      const half = batch.length >> 1
      const settle = await insertBatch(lane, batch.slice(0, half))
      settle()
      return insertBatch(lane, batch.slice(half))
    }
    if (entry.callback.payloadState !== 'stored') return () => fail(entry, error)
    entry.callback = { ...entry.callback, payloadState: 'raw_only' }
    return insertBatch(lane, [entry])
  }

  /** The keys that did not come back: duplicates, other content under a known identity, or nothing that is proven. */
  async function settleTaken(entries: Entry[]): Promise<void> {
    let found: Map<string, RecordedCallback>
    try {
      const keys = entries.map((entry) => entry.callback.deliveryKey)
      found = await findRecorded(db, keys)
    } catch (error) {
      onError(error, entries.length)
      for (const entry of entries) fail(entry, error)
      return
    }
    const duplicates: { entry: Entry; recorded: Recorded }[] = []
    for (const entry of entries) {
      const { deliveryKey, contentDigest, callbackId } = entry.callback
      const first = found.get(deliveryKey)
      if (!first) fail(entry, new Error('a delivery key was taken and then not found'))
      else if (first.contentDigest !== contentDigest) becomeVariant(entry, first.id)
      else {
        entry.proven = { id: first.id, callbackId, duplicate: true }
        duplicates.push({ entry, recorded: entry.proven })
      }
    }
    if (duplicates.length === 0) return
    const ids = duplicates.map(({ recorded }) => recorded.id)
    // They are stored: a count that can't be written must not turn their answer into an error.
    // One count at a time: rows that somebody else has locked must not use up the connections of the inserts.
    counting = counting.then(() => countDeliveries(db, ids)).catch((error) => onError(error, ids.length))
    await counting
    for (const { entry, recorded } of duplicates) answer(entry, recorded)
  }

  function answer(entry: Entry, recorded: Recorded): void {
    deadlines.stop(entry)
    entry.resolve(recorded)
  }

  function fail(entry: Entry, cause: unknown): void {
    deadlines.stop(entry)
    entry.reject(
      new AppError('unavailable', 'The callback could not be stored. Send it again.', {
        cause,
        headers: { 'retry-after': retryAfterSeconds },
      }),
    )
  }

  function becomeVariant(entry: Entry, first: LLMCallbackId): void {
    const { callback } = entry
    entry.callback = {
      ...callback,
      deliveryKey: callback.variantKey(),
      variantOf: first,
      conditions: [...callback.conditions, 'variant'],
    }
    enqueue(entry)
  }

  function enqueue(entry: Entry): void {
    entry.lane.waiting.add(entry)
    if (entry.lane.inserting < entry.lane.batchesMax && isDue(entry.lane)) track(insertWaiting(entry.lane))
  }

  function track(work: Promise<void>): void {
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }

  function giveUp(entry: Entry): void {
    if (entry.proven) answer(entry, entry.proven)
    else {
      // Its sender will send again; its bytes must not wait for a database that is away.
      entry.lane.waiting.delete(entry)
      fail(entry, new Error(`not stored within ${patienceMs} ms`))
    }
  }

  return {
    record(callback) {
      return new Promise<Recorded>((resolve, reject) => {
        const lane = callback.raw.length < largeBytesMin ? lanes.usual : lanes.large
        const entry: Entry = { callback, lane, proven: null, resolve, reject }
        deadlines.start(entry)
        enqueue(entry)
      })
    },
    async drain() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

function newLane(lane: Pick<Lane, 'batchesMax' | 'rowsMax' | 'insert'>): Lane {
  return { ...lane, waiting: new Set(), inserting: 0, rowsUnderWay: 0 }
}
