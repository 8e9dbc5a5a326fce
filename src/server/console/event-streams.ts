import type { IncomingMessage, ServerResponse } from 'node:http'

/** A client whose connection took nothing for this long, with its buffers full, is not reading. */
const stalledMsMax = 5_000

type EventStream = { upstream: IncomingMessage; response: ServerResponse; isStalled: boolean }

/** The streams of events (text/event-stream) that pass through the proxy now. */
export type EventStreams = {
  /** Watches an answer of the console if it is a stream. */
  watch(upstream: IncomingMessage, response: ServerResponse): void
  /** Ends every stream in order: its reader connects again, to whoever takes our place. */
  endAll(): void
  close(): void
}

/**
 * What waits for a slow reader is bounded: the pipe between console and client stops when the client's socket is full, and
 * then the console's own writing does. So in our memory nobody gets even 100 kB behind; what is further behind fills the
 * system's buffers (some megabytes on Linux), and a reader who has filled those and takes nothing for 5 s is dropped.
 */
export function watchEventStreams(stalledMs: number = stalledMsMax): EventStreams {
  const streams = new Set<EventStream>()
  const timer = setInterval(() => {
    for (const stream of streams) {
      if (!stream.response.writableNeedDrain) continue
      if (stream.isStalled) stream.response.destroy()
      stream.isStalled = true
    }
  }, stalledMs).unref()
  return {
    watch(upstream, response) {
      if (!upstream.headers['content-type']?.startsWith('text/event-stream')) return
      const stream = { upstream, response, isStalled: false }
      streams.add(stream)
      response.on('drain', () => {
        stream.isStalled = false
      })
      response.once('close', () => streams.delete(stream))
    },
    endAll() {
      for (const { upstream, response } of streams) {
        upstream.unpipe(response)
        response.end()
        upstream.destroy()
      }
    },
    close: () => clearInterval(timer),
  }
}
