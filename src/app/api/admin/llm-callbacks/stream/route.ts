import { respond } from '@/app/api/admin/respond'
import { getFeed, getStreamSlots } from '@/app/feed'
import { getRuntime } from '@/app/runtime'
import { requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'
import { parseQuery } from '@/lib/http/parse-query'
import { streamFeed } from '@/lib/llm-callbacks/feed/stream-feed'
import { streamInputSchema } from '@/lib/llm-callbacks/feed/stream-schemas'

/** New callbacks as server-sent events, from a cursor or from the head; at most 20 streams a user and 500 in all. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const { after } = parseQuery(streamInputSchema, request.url)
    // A browser that reconnects repeats the URL it began with; where it got to stands in the header, which is empty before
    // the first event. An empty `after` is no cursor, and refused as one.
    const cursor = request.headers.get('last-event-id') || (after ?? null)
    const release = getStreamSlots().take(admin.id)
    const subscription = await getFeed()
      .subscribe(cursor)
      .catch((error: unknown) => {
        release()
        throw error
      })
    const stream = streamFeed({
      subscription,
      isStillAllowed: () => isStillAdmin(request.headers),
      onError: (err) => getRuntime().log.warn({ err }, 'a stream was ended'),
      onEnd: release,
      signal: request.signal,
    })
    // The second header asks nginx not to hold the events back.
    return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } })
  })
}

/** Asks the database anew, so that a sign-out or a lost role ends the stream at its next heartbeat. */
async function isStillAdmin(headers: Headers): Promise<boolean> {
  try {
    await requireAdmin(headers, getRuntime())
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
