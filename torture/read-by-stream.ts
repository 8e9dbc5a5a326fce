import { get as httpGet } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { parseCursor } from '@/lib/llm-callbacks/feed/cursor'
import type { FeedMessage } from '@/lib/llm-callbacks/feed/stream-schemas'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { between, type Random } from './random'
import type { Sightings } from './sightings'

const pageItemsMax = 100
const reconnectDelayMs = 50

type Options = {
  url: string
  /** For what the stream leaves to `check`. */
  db: Database
  userId: string
  after: string
  sightings: Sightings
  random: Random
  signal: AbortSignal
}

/**
 * Follows the feed as the console does with a stream: every callback from its messages, or from `check` where a message says
 * that there is more; after a cut, and it cuts the connection itself every few seconds, from `Last-Event-ID` on.
 */
export async function readByStream(options: Options): Promise<void> {
  const { signal, sightings } = options
  let cursor = options.after
  while (!signal.aborted) {
    for await (const event of eventsOf({ ...options, cursor })) {
      if (event.name === 'reset') sightings.resets += 1
      else {
        const message = JSON.parse(event.data) as FeedMessage
        if (message.more) await catchUp({ ...options, from: cursor, to: message.cursor })
        else for (const item of message.items) sightings.see(item)
      }
      cursor = event.id
    }
    await sleep(reconnectDelayMs)
  }
}

/** Everything after `from` and up to `to`; what lies beyond comes with the next message. */
async function catchUp({ db, userId, sightings, from, to }: Options & { from: string; to: string }): Promise<void> {
  const end = parseCursor(to).seq
  let cursor = from
  while (parseCursor(cursor).seq < end) {
    const page = await getRecentCallbacks(cursor, pageItemsMax, userId, db).catch(() => null)
    if (!page) await sleep(reconnectDelayMs)
    else {
      for (const item of page.items) if (parseCursor(item.cursor).seq <= end) sightings.see(item)
      cursor = page.nextCursor
    }
  }
}

type ServerEvent = { name: string; id: string; data: string }

/** The events of one connection until it ends, for whatever reason. */
async function* eventsOf({ url, cursor, random, signal }: Options & { cursor: string }): AsyncGenerator<ServerEvent> {
  const cut = AbortSignal.any([signal, AbortSignal.timeout(Math.round(between(random, 2_000, 8_000)))])
  try {
    let text = ''
    for await (const chunk of await open(url, cursor, cut)) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
        )
        const data = fields.get('data')
        if (data !== undefined) yield { name: fields.get('event') ?? 'message', id: fields.get('id') ?? cursor, data }
      }
    }
  } catch {
    // Cut by us or by a database that went away; the caller connects again.
  }
}

function open(url: string, cursor: string, signal: AbortSignal): Promise<AsyncIterable<string>> {
  return new Promise((resolve, reject) => {
    const request = httpGet(url, { agent: false, signal, headers: { 'last-event-id': cursor } })
    request.on('error', reject)
    request.on('response', (response) => {
      response.setEncoding('utf8')
      if (response.statusCode === 200) resolve(response as AsyncIterable<string>)
      else {
        response.resume()
        reject(new Error(`the stream answered ${response.statusCode}`))
      }
    })
  })
}
