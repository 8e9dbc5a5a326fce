import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import { listenToFeed } from '../llm-callbacks/feed/listen-to-feed'
import type { Consumer } from './consumer'
import { createDoorbell, type Doorbell } from './doorbell'
import { takeStep } from './take-step'

type FollowOptions = {
  consumers: readonly Consumer[]
  /** One connection for each consumer is enough; not those that requests wait for. */
  db: Database
  /** Where to LISTEN; without it new callbacks are found by polling alone. */
  directUrl?: string | null
  /** Told of the first of several failures in a row. */
  onError: (error: unknown, consumerName: string) => void
  pollIntervalMs?: number
  /** Hints that come faster share one step, for a step costs as much as ten callbacks in it. */
  hintGapMs?: number
  retryDelayMsMin?: number
  retryDelayMsMax?: number
}

export type Following = {
  /** Lets the steps under way end, and takes no other. */
  stop: () => Promise<void>
}

/** A callback that is being deleted is gone, or is not, after this. */
const deletionPauseMs = 50

/**
 * Keeps derived data up with the feed: takes each consumer from where it stands to the head, and then waits for more. Any number of
 * processes may do this on one database; a step is taken by whoever comes first. Nothing waits for it but what reads derived data.
 */
export function followForConsumers(options: FollowOptions): Following {
  const { consumers, directUrl, onError } = options
  const stopping = new AbortController()
  const doorbell = createDoorbell()
  const stopListening = directUrl
    ? listenToFeed({ url: directUrl, onHint: doorbell.ring, onError: (error) => onError(error, 'listener') })
    : () => {}
  const loops = consumers.map((consumer) => keepUp(consumer, { ...options, doorbell, signal: stopping.signal }))
  return {
    async stop() {
      stopping.abort()
      stopListening()
      await Promise.all(loops)
    },
  }
}

type LoopOptions = FollowOptions & { doorbell: Doorbell; signal: AbortSignal }

async function keepUp(consumer: Consumer, options: LoopOptions): Promise<void> {
  const { db, onError, doorbell, signal, pollIntervalMs = 5_000, hintGapMs = 500 } = options
  const { retryDelayMsMin = 1_000, retryDelayMsMax = 30_000 } = options
  let failures = 0
  while (!signal.aborted) {
    // Before the step: a callback that is recorded during it may not be seen by it.
    const heard = doorbell.rings()
    try {
      const outcome = await takeStep(consumer, db)
      failures = 0
      if (outcome === 'more') continue
      await doorbell.next({ after: heard, timeoutMs: pollIntervalMs, signal })
      await pause(hintGapMs, signal)
    } catch (error) {
      if (sqlStateOf(error) === SQLSTATE.lockNotAvailable) {
        await pause(deletionPauseMs, signal)
      } else {
        if (failures === 0) onError(error, consumer.name)
        await pause(Math.min(retryDelayMsMin * 2 ** failures++, retryDelayMsMax), signal)
      }
    }
  }
}

/** Ends early at the stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
