import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from '@/db/client'
import { followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { streamFeed } from '@/lib/llm-callbacks/feed/stream-feed'

/** The console's stream of events over HTTP, without the console: Callboard runs with --no-console here. */
export async function serveStream(db: Database, directUrl: string): Promise<{ url: string; close(): void }> {
  const feed = followFeed({ db, directUrl, onError: () => {} })
  const server = createServer(async (request, response) => {
    try {
      const lastEventId = [request.headers['last-event-id'] ?? []].flat()[0]
      const subscription = await feed.subscribe(lastEventId || null)
      const stream = streamFeed({ subscription, isStillAllowed: async () => true, onError: () => {} })
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), response)
    } catch {
      if (!response.headersSent) response.writeHead(503)
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
