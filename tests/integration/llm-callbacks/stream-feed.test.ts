import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedSubscription } from '@/lib/llm-callbacks/feed/feed-subscription'
import { type Feed, followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { streamFeed } from '@/lib/llm-callbacks/feed/stream-feed'
import { feedMessageSchema, feedResetSchema } from '@/lib/llm-callbacks/feed/stream-schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks } from '../../support/insert-callback'

let testDatabase: TestDatabase
let feed: Feed
let subscriptions: FeedSubscription[]

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  feed = followFeed({ db: testDatabase.db, onError: () => {}, pollIntervalMs: 20 })
  subscriptions = []
})
afterEach(async () => {
  for (const subscription of subscriptions) subscription.close()
  await testDatabase.drop()
})

async function open(after: string | null = null, options: Partial<Parameters<typeof streamFeed>[0]> = {}) {
  const subscription = await feed.subscribe(after)
  subscriptions.push(subscription)
  const noError = (error: unknown) => {
    throw error
  }
  const stream = streamFeed({ subscription, isStillAllowed: async () => true, onError: noError, ...options })
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  return {
    /** The next chunk, which is one event or comment; null at the end. */
    next: async () => (await reader.read()).value ?? null,
    cancel: () => reader.cancel(),
    subscription,
  }
}

function fieldsOf(event: string | null): Record<string, string> {
  const lines = (event ?? '').trimEnd().split('\n')
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
}

test('it opens with the cursor as an id and no event, so that a reconnect before the first event misses none (case 52)', async () => {
  const stream = await open()
  expect(fieldsOf(await stream.next())).toEqual({ retry: '2000', id: stream.subscription.cursor })
})

test('new callbacks come as one message whose id is the cursor', async () => {
  const stream = await open()
  const { id: start } = fieldsOf(await stream.next())
  const { id } = await insertCallback(testDatabase.db)
  const event = fieldsOf(await stream.next())
  const message = feedMessageSchema.parse(JSON.parse(event.data ?? ''))
  expect(message).toMatchObject({ items: [{ id }], cursor: event.id, more: false })
  const again = await open(start ?? null)
  await again.next()
  expect(fieldsOf(await again.next())).toEqual(event)
})

test('50 callbacks fit a message, of 51 only the news that there is more', async () => {
  const { cursor } = (await open()).subscription
  await insertCallbacks(testDatabase.db, 50)
  const full = await open(cursor)
  await full.next()
  expect(JSON.parse(fieldsOf(await full.next()).data ?? '')).toMatchObject({ items: { length: 50 }, more: false })
  await insertCallback(testDatabase.db)
  const over = await open(cursor)
  await over.next()
  const event = fieldsOf(await over.next())
  expect(JSON.parse(event.data ?? '')).toEqual({ items: [], cursor: event.id, more: true })
})

test('a cursor of another epoch gets a reset event with the head (case 53)', async () => {
  await insertCallback(testDatabase.db)
  const { cursor } = (await open()).subscription
  const stream = await open(cursor.replace(/^.{16}/, '0123456789abcdef'))
  await stream.next()
  const event = fieldsOf(await stream.next())
  expect(event).toMatchObject({ event: 'reset', id: cursor })
  expect(feedResetSchema.parse(JSON.parse(event.data ?? ''))).toEqual({ cursor })
})

test('messages keep their distance, and what comes in between goes into one', async () => {
  const messageGapMs = 300
  const stream = await open(null, { messageGapMs })
  await stream.next()
  await insertCallback(testDatabase.db)
  await stream.next()
  const sentAt = performance.now()
  await insertCallbacks(testDatabase.db, 3)
  const message = JSON.parse(fieldsOf(await stream.next()).data ?? '')
  // A timer may be a millisecond early by this clock.
  expect(performance.now() - sentAt).toBeGreaterThan(messageGapMs - 20)
  expect(message.items).toHaveLength(3)
})

test('heartbeats come while the session lives, and the stream ends with it', async () => {
  const answers = [true, true, false]
  const stream = await open(null, { heartbeatMs: 20, isStillAllowed: async () => answers.shift() ?? false })
  await stream.next()
  for (let beat = 0; beat < 3; beat++) expect(await stream.next()).toBe(': heartbeat\n\n')
  expect(await stream.next()).toBeNull()
  expect(await stream.subscription.next(1)).toBeNull()
})

test('it ends when the session can not be asked about, and says so to the log', async () => {
  const errors: unknown[] = []
  const failure = new Error('no database')
  const stream = await open(null, {
    heartbeatMs: 20,
    isStillAllowed: () => Promise.reject(failure),
    onError: (error) => errors.push(error),
  })
  await stream.next()
  await stream.next()
  expect(await stream.next()).toBeNull()
  expect(errors).toEqual([failure])
})

test('a client that takes nothing between two heartbeats is dropped', async () => {
  const subscription = await feed.subscribe(null)
  streamFeed({ subscription, isStillAllowed: async () => true, onError: () => {}, heartbeatMs: 20 })
  expect(await subscription.next(1)).toBeNull()
})

test('it lets go of the feed when the client cancels, and when its request is aborted', async () => {
  const canceled = await open()
  await canceled.cancel()
  expect(await canceled.subscription.next(1)).toBeNull()

  const request = new AbortController()
  const aborted = await open(null, { signal: request.signal })
  await aborted.next()
  request.abort()
  expect(await aborted.next()).toBeNull()
  expect(await aborted.subscription.next(1)).toBeNull()
})
