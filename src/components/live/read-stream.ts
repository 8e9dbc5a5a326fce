import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { FeedMessage, FeedReset } from '@/lib/llm-callbacks/feed/stream-schemas'
import { ApiError } from '../data/fetch-json'

/** The server says something every 15 s; a stream that is silent for longer has died, or something holds it back. */
const silenceMaxMs = 20_000

export type StreamEvent =
  /** The first bytes are there: nothing on the way holds the stream back. */
  | { kind: 'open' }
  | { kind: 'heartbeat' }
  | { kind: 'message'; message: FeedMessage }
  | { kind: 'reset'; cursor: string }

/** Nothing came for so long that the stream is of no use. */
export class StreamSilentError extends Error {
  override name = 'StreamSilentError'
}

/**
 * The feed after a cursor, as server-sent events. Read with `fetch`, because an `EventSource` tells neither a refusal from a
 * failure nor a heartbeat from silence. Returns when the server ends it.
 *
 * @throws ApiError where the server refuses, StreamSilentError after 20 s without a byte
 */
export async function* readStream(after: string, signal: AbortSignal): AsyncGenerator<StreamEvent, void> {
  const stop = new AbortController()
  const abort = () => stop.abort(signal.reason)
  signal.addEventListener('abort', abort)
  let patience = setTimeout(() => stop.abort(new StreamSilentError()), silenceMaxMs)
  try {
    const response = await fetch(`/api/admin/llm-callbacks/stream?${new URLSearchParams({ after })}`, {
      signal: stop.signal,
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
    })
    if (!response.ok || response.body === null) throw new ApiError(response.status, 'The stream was refused')
    const events: StreamEvent[] = []
    const parser = createParser({
      onEvent: (event) => events.push(...readEvent(event)),
      onComment: () => events.push({ kind: 'heartbeat' }),
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let isOpen = false; ; isOpen = true) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(patience)
      patience = setTimeout(() => stop.abort(new StreamSilentError()), silenceMaxMs)
      if (!isOpen) yield { kind: 'open' }
      parser.feed(value)
      yield* events.splice(0)
    }
  } catch (error) {
    // A body that is aborted fails with a copy of the reason, which has lost its class.
    throw stop.signal.reason instanceof StreamSilentError ? stop.signal.reason : error
  } finally {
    clearTimeout(patience)
    signal.removeEventListener('abort', abort)
    stop.abort()
  }
}

function readEvent({ event, data }: EventSourceMessage): StreamEvent[] {
  if (event === undefined || event === 'message') return [{ kind: 'message', message: JSON.parse(data) as FeedMessage }]
  if (event === 'reset') return [{ kind: 'reset', cursor: (JSON.parse(data) as FeedReset).cursor }]
  return []
}
