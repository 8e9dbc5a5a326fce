import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { expireRejections } from './expire-rejections'
import { recordRejections } from './record-rejections'
import { createTally, type RejectedDelivery } from './tally'

export type RejectionCounter = {
  /** Counts one. Constant time, never waits, never fails; the database learns of it later. */
  count(delivery: RejectedDelivery): void
  /** Writes what is counted, or gives up after a second; from then on nothing is written any more. */
  close(): Promise<void>
}

type Options = { db: Database; onError: (error: unknown) => void }

/** From a first rejection to its being written. */
const writeAfterMs = 1_000
/** How long the database has peace for each row that it was given: at most 1,000 rows a minute, about as often as it vacuums. */
const restPerRowMs = 60
const restAfterErrorMsMax = 60_000
const firstExpiryAfterMs = 60_000
const expireEveryMs = 3_600_000
const closePatienceMs = 1_000
const turnPauseMs = 20

/**
 * Counts rejected deliveries in memory and writes them now and then, one statement at a time. While the database is away
 * they stay in memory, within the tally's bounds. A statement whose answer is lost is sent again: its counts may stand
 * there twice, but none is lost unless the process is killed.
 */
export function createRejectionCounter({ db, onError }: Options): RejectionCounter {
  const tally = createTally()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<unknown> | null = null
  let notBefore = 0
  let errors = 0
  let isClosed = false
  // No timer here keeps a process alive: close() writes what is left.
  let expiry = setTimeout(expire, firstExpiryAfterMs).unref()

  function schedule(): void {
    if (timer || writing || isClosed) return
    timer = setTimeout(run, Math.max(writeAfterMs, notBefore - performance.now())).unref()
  }

  function run(): void {
    timer = null
    writing = write().finally(() => {
      writing = null
      if (!tally.isEmpty()) schedule()
    })
  }

  /** Writes all that is counted. Whatever keeps it from that, the counts are kept. */
  async function write(): Promise<'written' | 'not our turn' | 'failed'> {
    const batch = tally.take()
    try {
      if (await recordRejections(db, batch, new Date())) {
        errors = 0
        notBefore = performance.now() + (batch.counts.length + batch.samples.length) * restPerRowMs
        return 'written'
      }
      tally.putBack(batch)
      return 'not our turn'
    } catch (error) {
      tally.putBack(batch)
      errors += 1
      notBefore = performance.now() + Math.min(restAfterErrorMsMax, writeAfterMs * 2 ** errors)
      onError(error)
      return 'failed'
    }
  }

  function expire(): void {
    expiry = setTimeout(expire, expireEveryMs).unref()
    expireRejections(db, new Date()).catch(onError)
  }

  async function writeTheRest(): Promise<void> {
    await writing
    while (!tally.isEmpty()) {
      const outcome = await write()
      if (outcome === 'failed') return
      if (outcome === 'not our turn') await sleep(turnPauseMs)
    }
  }

  return {
    count(delivery) {
      tally.add(delivery)
      schedule()
    },
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      clearTimeout(expiry)
      await Promise.race([writeTheRest(), sleep(closePatienceMs, undefined, { ref: false })])
    },
  }
}
