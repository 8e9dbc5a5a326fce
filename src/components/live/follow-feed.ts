import type { LLMCallbackSummary, ViewedLLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { ApiError } from '../data/fetch-json'
import { backOffMs } from './back-off'
import type { FeedCursor } from './feed-cursor'
import type { LiveStatus } from './live-status'
import { readNews } from './read-news'
import { readStream, StreamSilentError } from './read-stream'
import { whenOnline, whenRetried } from './wait'

const pollMs = 10_000
const streamAgainMs = 60_000
const failedOpensMax = 2
/** After this long without a word from the feed, what came meanwhile is told as a whole. */
const awayMs = 60_000

type FeedFollower = {
  cursor: FeedCursor
  onStatus: (changes: Pick<LiveStatus, 'connection' | 'retryAtMs'>) => void
  /** New ones, oldest first. Where they came while nobody looked, with what this admin has viewed elsewhere already. */
  onReceived: (items: readonly (LLMCallbackSummary | ViewedLLMCallbackSummary)[], wasAway: boolean) => void
  /** More came than is told one by one, or the feed began anew. */
  onMissed: () => void
  signal: AbortSignal
}

/**
 * Follows the feed until it is aborted or the session has ended: by the stream, and where that can't be had, by asking every
 * 10 s. Nothing is told twice and nothing passed over, since the cursor is written in the same task as the telling.
 */
export async function followFeed(follower: FeedFollower): Promise<void> {
  const { signal, onStatus } = follower
  const progress = { failedOpens: 0, failures: 0, streamAgainAtMs: 0 }
  while (!signal.aborted) {
    if (!navigator.onLine) {
      onStatus({ connection: 'offline', retryAtMs: null })
      await whenOnline(signal)
      continue
    }
    try {
      await catchUp(follower)
      progress.failures = 0
      await streamOrWait(follower, progress)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        return onStatus({ connection: 'signed_out', retryAtMs: null })
      }
      progress.failures += 1
      await waitAgain(follower, backOffMs(progress.failures))
    }
  }
}

type Progress = { failedOpens: number; streamAgainAtMs: number }

/** One stream from its opening to its end; while streams fail, the pause until the next question. */
async function streamOrWait(follower: FeedFollower, progress: Progress): Promise<void> {
  const isStreamTried = progress.failedOpens < failedOpensMax || Date.now() >= progress.streamAgainAtMs
  if (isStreamTried) {
    const outcome = await readWholeStream(follower)
    progress.failedOpens = outcome === 'opened' ? 0 : outcome === 'silent' ? failedOpensMax : progress.failedOpens + 1
    progress.streamAgainAtMs = Date.now() + streamAgainMs
    if (progress.failedOpens < failedOpensMax) return waitAgain(follower, backOffMs(1))
  }
  follower.onStatus({ connection: 'polling', retryAtMs: null })
  await whenRetried(pollMs, follower.signal)
}

async function waitAgain({ onStatus, signal }: FeedFollower, ms: number): Promise<void> {
  onStatus({ connection: navigator.onLine ? 'reconnecting' : 'offline', retryAtMs: Date.now() + ms })
  await whenRetried(ms, signal)
}

/** @throws ApiError where the session has ended */
async function readWholeStream(follower: FeedFollower): Promise<'opened' | 'failed' | 'silent'> {
  const { cursor, onStatus, onReceived, onMissed, signal } = follower
  const position = cursor.read()
  if (position === null) return 'failed'
  let isOpen = false
  let at = position.cursor
  // Browsers leave a stream open for minutes after the network has gone.
  const stop = new AbortController()
  window.addEventListener('offline', () => stop.abort(), { signal: stop.signal })
  const moveTo = (next: string) => {
    at = next
    cursor.write(next)
  }
  try {
    for await (const event of readStream(at, AbortSignal.any([signal, stop.signal]))) {
      if (event.kind === 'open') {
        isOpen = true
        onStatus({ connection: 'live', retryAtMs: null })
      } else if (event.kind === 'heartbeat') {
        cursor.write(at)
      } else if (event.kind === 'reset') {
        onMissed()
        moveTo(event.cursor)
      } else if (event.message.more) {
        // `check` spells out what the message does not; it leads past the message's own cursor.
        await catchUp(follower)
        at = cursor.read()?.cursor ?? event.message.cursor
      } else {
        onReceived(event.message.items, false)
        moveTo(event.message.cursor)
      }
    }
  } catch (error) {
    if (signal.aborted || (error instanceof ApiError && (error.status === 401 || error.status === 403))) throw error
    // Also after an opening: something on the way lets the first bytes through and holds back the rest.
    if (error instanceof StreamSilentError) return 'silent'
  } finally {
    stop.abort()
  }
  return isOpen ? 'opened' : 'failed'
}

/** Tells what came since the cursor was written, and moves it. */
async function catchUp({ cursor, onReceived, onMissed, signal }: FeedFollower): Promise<void> {
  const position = cursor.read()
  const news = await readNews(position?.cursor ?? null, signal)
  const wasAway = position !== null && Date.now() - position.atMs > awayMs
  if (news.items.length > 0) onReceived(news.items, wasAway)
  if (!news.isWhole) onMissed()
  cursor.write(news.cursor)
}
