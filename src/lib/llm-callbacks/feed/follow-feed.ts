import type { Database } from '@/db/client'
import { parseCursor } from './cursor'
import { FeedSubscription } from './feed-subscription'
import { FeedWindow } from './feed-window'
import { listenToFeed } from './listen-to-feed'
import { readFeedTail } from './read-feed'

type FollowOptions = {
  db: Database
  /** Where to LISTEN; without it new callbacks are found by polling alone. */
  directUrl?: string | null
  onError: (error: unknown) => void
  pollIntervalMs?: number
  /** Hints that come faster than this share one poll, so that a flood of callbacks can't become a flood of queries. */
  pollGapMs?: number
  windowItemsMax?: number
}

export type Feed = {
  /**
   * Follows the feed from a cursor, or from the head when there is none. Close it, or the feed goes on for ever.
   * @throws AppError `invalid_cursor`, or the database's error when it can't be asked where the head is
   */
  subscribe(after: string | null): Promise<FeedSubscription>
}

/**
 * One follower of the feed for all streams of a process. It works while somebody is subscribed: polls every second, and at
 * once after a NOTIFY. The NOTIFY is only a hint: `seq > last` finds everything, because seq equals the commit order.
 */
export function followFeed(options: FollowOptions): Feed {
  const { db, directUrl, onError, pollIntervalMs = 1_000, pollGapMs = 100, windowItemsMax = 500 } = options
  const window = new FeedWindow(windowItemsMax)
  const subscriptions = new Set<FeedSubscription>()
  const poll = coalesce(async () => {
    const tail = await readFeedTail({ epoch: window.epoch, seq: window.head }, windowItemsMax, db)
    if (window.advance(tail)) for (const subscription of subscriptions) subscription.wake()
  })
  let stopFollowing = () => {}

  function add(subscription: FeedSubscription): void {
    if (subscriptions.size === 0) stopFollowing = start()
    subscriptions.add(subscription)
  }

  function remove(subscription: FeedSubscription): void {
    if (subscriptions.delete(subscription) && subscriptions.size === 0) stopFollowing()
  }

  function start(): () => void {
    let isFailing = false
    // An outage is told of once, not every second.
    const pollAndReport = () =>
      poll().then(
        () => {
          isFailing = false
        },
        (error: unknown) => {
          if (!isFailing) onError(error)
          isFailing = true
        },
      )
    const hint = spaced(pollAndReport, pollGapMs)
    const interval = setInterval(pollAndReport, pollIntervalMs)
    const stopListening = directUrl ? listenToFeed({ url: directUrl, onHint: hint.call, onError }) : () => {}
    return () => {
      clearInterval(interval)
      hint.cancel()
      stopListening()
    }
  }

  return {
    async subscribe(after) {
      const cursor = after === null ? null : parseCursor(after)
      // The window may be a second old, or hours if nobody was subscribed: it can't judge a cursor before it has looked.
      await poll()
      const position = cursor ?? { epoch: window.epoch, seq: window.head }
      const subscription = new FeedSubscription({ window, db, position, onClose: () => remove(subscription) })
      add(subscription)
      return subscription
    },
  }
}

/** At most one run at a time; whoever calls during a run gets one that begins after it, shared with others that wait. */
function coalesce(run: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve()
  let queued: Promise<void> | null = null
  return function call(): Promise<void> {
    queued ??= last.then(() => {
      queued = null
      return run()
    })
    last = queued.catch(() => undefined)
    return queued
  }
}

/** Runs at once, and again at the end of a gap if there were calls in it. */
function spaced(run: () => void, gapMs: number): { call: () => void; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined
  let isCalledAgain = false
  function call(): void {
    if (timer) {
      isCalledAgain = true
      return
    }
    run()
    timer = setTimeout(() => {
      timer = undefined
      if (isCalledAgain) call()
      isCalledAgain = false
    }, gapMs)
  }
  return { call, cancel: () => clearTimeout(timer) }
}
