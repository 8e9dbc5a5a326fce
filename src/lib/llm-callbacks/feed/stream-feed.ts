import { setTimeout as sleep } from 'node:timers/promises'
import type { LLMCallbackSummary } from '../schemas'
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
        controller.enqueue(eventOf(batch))
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

/** By the items that readers at the same place share, which come with the same cursor. */
const messages = new WeakMap<readonly LLMCallbackSummary[], Uint8Array<ArrayBuffer>>()

function eventOf(batch: FeedBatch): Uint8Array<ArrayBuffer> {
  const { kind, cursor } = batch
  if (kind === 'reset')
    return encoder.encode(`event: reset\nid: ${cursor}\ndata: ${JSON.stringify({ cursor } satisfies FeedReset)}\n\n`)
  if (kind === 'more') return messageOf({ items: [], cursor, more: true })
  const message = messages.get(batch.items) ?? messageOf({ items: [...batch.items], cursor, more: false })
  messages.set(batch.items, message)
  return message
}

function messageOf(message: FeedMessage): Uint8Array<ArrayBuffer> {
  return encoder.encode(`id: ${message.cursor}\ndata: ${JSON.stringify(message)}\n\n`)
}
