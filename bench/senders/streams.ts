// Readers of the feed in a process of their own. All streams are read; the first of each user says how far it had heard when.
import { request } from 'node:http'
import { createParser } from 'eventsource-parser'
import { parseCursor } from '@/lib/llm-callbacks/feed/cursor'
import type { FeedMessage } from '@/lib/llm-callbacks/feed/stream-schemas'

export type StreamsInput = { port: number; cookies: string[]; streams: number; seconds: number }
export type StreamsResult = {
  /** Of each witness, through which seq it had heard by when, in ms since 1970. */
  heard: [throughSeq: number, atMs: number][][]
  /** Streams that ended before they should. */
  ended: number
}

process.once('message', async ({ port, cookies, streams, seconds }: StreamsInput) => {
  const result: StreamsResult = { heard: [], ended: 0 }
  const parserOfWitness = () => {
    const heard: [number, number][] = []
    result.heard.push(heard)
    return createParser({
      onEvent({ event, data }) {
        if (event !== undefined && event !== 'message') return
        const { cursor } = JSON.parse(data) as FeedMessage
        heard.push([parseCursor(cursor).seq, performance.timeOrigin + performance.now()])
      },
    })
  }
  const open = (n: number) =>
    new Promise<void>((resolve, reject) => {
      const parser = n < cookies.length ? parserOfWitness() : null
      const outgoing = request({
        agent: false,
        host: '127.0.0.1',
        port,
        path: '/api/admin/llm-callbacks/stream',
        headers: { host: `localhost:${port}`, cookie: cookies[n % cookies.length] },
      })
      outgoing.once('error', reject)
      outgoing.once('response', (response) => {
        if (response.statusCode !== 200) reject(new Error(`a stream was answered ${response.statusCode}`))
        response.setEncoding('utf8')
        response.once('data', () => resolve())
        response.on('data', (chunk: string) => parser?.feed(chunk))
        response.on('close', () => {
          result.ended += 1
        })
      })
      outgoing.end()
    })
  for (let n = 0; n < streams; n++) await open(n)
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  // The last callbacks are heard of after they were acknowledged.
  await new Promise((resolve) => setTimeout(resolve, (seconds + 3) * 1_000))
  process.send?.(result, () => process.exit(0))
})
