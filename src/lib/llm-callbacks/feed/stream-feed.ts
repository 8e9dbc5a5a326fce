import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedBatch, FeedSubscription } from './feed-subscription'
import type { FeedMessage, FeedReset } from './stream-schemas'

type StreamOptions = {
  subscription: FeedSubscription
  /** Asked at each heartbeat; false ends the stream. */
  isStillAllowed: () => Promise<boolean>
  onError: (error: unknown) => void
  /** Called once, when the stream is over for whatever reason. */
  onEnd?: () => void
  /** Ends the stream: the client has gone. */
  signal?: AbortSignal
  heartbeatMs?: number
  messageGapMs?: number
  messageItemsMax?: number
}

type Controller = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>

const encoder = new TextEncoder()

/**
 * A subscription as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): a `message` with the
 * new callbacks at most every 100 ms, `reset`, and comments as heartbeats. The stream is read from the subscription only as
 * fast as the client takes it; a client that took nothing between two heartbeats is dropped. Closes the subscription.
 */
export function streamFeed(options: StreamOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { subscription, onError, signal } = options
  const { heartbeatMs = 15_000, messageGapMs = 100, messageItemsMax = 50 } = options
  let heartbeat: NodeJS.Timeout | undefined
  let gap: Promise<void> | undefined
  let isStopped = false

  function stop(controller?: Controller): void {
    if (isStopped) return
    isStopped = true
    clearInterval(heartbeat)
    subscription.close()
    options.onEnd?.()
    controller?.close()
  }

  // The client connects again by itself, and is then told what is wrong.
  function fail(error: unknown, controller: Controller): void {
    onError(error)
    stop(controller)
  }

  return new ReadableStream({
    start(controller) {
      // An id without data is no event, but from now on a reconnect says where it was, even if nothing had come by then.
      controller.enqueue(encoder.encode(`retry: 2000\nid: ${subscription.cursor}\n\n`))
      const beat = heartbeatOf(controller, options.isStillAllowed)
      heartbeat = setInterval(async () => {
        try {
          if (!(await beat())) stop(controller)
        } catch (error) {
          fail(error, controller)
        }
      }, heartbeatMs)
      signal?.addEventListener('abort', () => stop(controller))
      if (signal?.aborted) stop(controller)
    },
    async pull(controller) {
      try {
        await gap
        const batch = await subscription.next(messageItemsMax)
        if (!batch || isStopped) return
        controller.enqueue(encoder.encode(eventOf(batch)))
        gap = sleep(messageGapMs)
      } catch (error) {
        fail(error, controller)
      }
    },
    cancel: () => stop(),
  })
}

/** One heartbeat: whether the stream may go on. It may not after two in a row that found the client still chewing. */
function heartbeatOf(controller: Controller, isStillAllowed: () => Promise<boolean>): () => Promise<boolean> {
  let isStalled = false
  return async function beat() {
    const isTaken = (controller.desiredSize ?? 0) > 0
    if (!isTaken && isStalled) return false
    isStalled = !isTaken
    if (isTaken) controller.enqueue(encoder.encode(': heartbeat\n\n'))
    return isStillAllowed()
  }
}

function eventOf(batch: FeedBatch): string {
  const { kind, cursor } = batch
  if (kind === 'reset')
    return `event: reset\nid: ${cursor}\ndata: ${JSON.stringify({ cursor } satisfies FeedReset)}\n\n`
  const message: FeedMessage = { items: kind === 'items' ? batch.items : [], cursor, more: kind === 'more' }
  return `id: ${cursor}\ndata: ${JSON.stringify(message)}\n\n`
}
