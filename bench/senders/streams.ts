// Readers of the feed in a process of their own. All streams are read; the first of each user says when it heard of what.
import { request } from 'node:http'
import { createParser } from 'eventsource-parser'
import type { FeedMessage } from '@/lib/llm-callbacks/feed/stream-schemas'

export type StreamsInput = { port: number; cookies: string[]; streams: number; seconds: number }
export type StreamsResult = {
  /** Each job with the time at which a witness had read of it, in ms since 1970. */
  heard: [jobId: string, atMs: number][]
  witnesses: number
  /** Messages that only say that there is more than fits. */
  withoutItems: number
  /** Streams that ended before they should. */
  ended: number
}

process.once('message', async ({ port, cookies, streams, seconds }: StreamsInput) => {
  const result: StreamsResult = { heard: [], witnesses: Math.min(cookies.length, streams), withoutItems: 0, ended: 0 }
  const parserOfWitness = () =>
    createParser({
      onEvent({ event, data }) {
        if (event !== undefined && event !== 'message') return
        const message = JSON.parse(data) as FeedMessage
        const atMs = performance.timeOrigin + performance.now()
        if (message.more) result.withoutItems += 1
        for (const { externalJobId } of message.items) if (externalJobId) result.heard.push([externalJobId, atMs])
      },
    })
  const open = (n: number) =>
    new Promise<void>((resolve, reject) => {
      const parser = n < result.witnesses ? parserOfWitness() : null
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
