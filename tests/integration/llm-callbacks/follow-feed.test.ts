import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FeedSubscription } from '@/lib/llm-callbacks/feed/feed-subscription'
import { followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { llmCallbackSummarySchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks } from '../../support/insert-callback'

let testDatabase: TestDatabase
let opened: FeedSubscription[]
let errors: unknown[]

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  opened = []
  errors = []
})
afterEach(async () => {
  for (const subscription of opened) subscription.close()
  await testDatabase.drop()
})

/** Follows with hints, as the console does, and with a small window, so that readers also fall out of it. */
function follow(options: Partial<Parameters<typeof followFeed>[0]> = {}) {
  const { db, url } = testDatabase
  const feed = followFeed({
    db,
    directUrl: url,
    onError: (error) => errors.push(error),
    windowItemsMax: 20,
    ...options,
  })
  return {
    async subscribe(after: string | null = null) {
      const subscription = await feed.subscribe(after)
      opened.push(subscription)
      return subscription
    },
  }
}

/** Reads until `count` callbacks came, which may be in several batches. */
async function readItems(subscription: FeedSubscription, count: number) {
  const ids: string[] = []
  while (ids.length < count) {
    const batch = await subscription.next(10_000)
    if (batch?.kind !== 'items') throw new Error(`got ${batch?.kind} instead of items`)
    ids.push(...batch.items.map((item) => item.id))
  }
  return ids
}

async function idsInOrder(): Promise<string[]> {
  const { rows } = await testDatabase.db.execute<{ id: string }>(sql`select id from llm_callbacks order by seq`)
  return rows.map((row) => row.id)
}

/** Six writers at once, some in transactions that stay open for a while and some that roll back. */
async function writeConcurrently(rowsPerWriter: number): Promise<void> {
  const { db } = testDatabase
  const write = async (writer: number) => {
    for (let index = 0; index < rowsPerWriter; index++) {
      if (writer < 4) await insertCallback(db)
      else if (writer === 4) {
        await db.transaction(async (transaction) => {
          await insertCallback(transaction)
          await transaction.execute(sql`select pg_sleep(0.002)`)
        })
      } else {
        const transaction = db.transaction(async (open) => {
          await insertCallback(open)
          open.rollback()
        })
        await expect(transaction).rejects.toThrow()
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, writer) => write(writer)))
}

describe('what a reader gets', () => {
  test('from the head: only what comes after it', async () => {
    await insertCallback(testDatabase.db)
    const subscription = await follow().subscribe()
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(subscription, 1)).toEqual([id])
  })

  test('each callback exactly once, in seq order, under concurrent writers (cases 51, 52)', async () => {
    const feed = follow({ windowItemsMax: 500 })
    const readers = [await feed.subscribe(), await feed.subscribe(), await feed.subscribe()]
    const reading = Promise.all(readers.map((reader) => readItems(reader, 5 * 40)))
    await writeConcurrently(40)
    const expected = await idsInOrder()
    expect(expected).toHaveLength(200)
    for (const ids of await reading) expect(ids).toEqual(expected)
  })

  test('after each reconnect from its last cursor: none missed, none twice (case 52)', async () => {
    const feed = follow()
    const seen: string[] = []
    let cursor = (await feed.subscribe()).cursor
    const writing = writeConcurrently(40)
    while (seen.length < 200) {
      const subscription = await feed.subscribe(cursor)
      const batch = await subscription.next(10_000)
      if (batch?.kind !== 'items') throw new Error(`got ${batch?.kind} instead of items`)
      seen.push(...batch.items.map((item) => item.id))
      cursor = batch.cursor
      subscription.close()
    }
    await writing
    expect(seen).toEqual(await idsInOrder())
  })

  test('a place inside the window and one far below it lead to the same callbacks', async () => {
    const feed = follow({ windowItemsMax: 5 })
    const far = (await feed.subscribe()).cursor
    const inserted = await insertCallbacks(testDatabase.db, 12)
    const near = far.replace(/\d+$/, String(inserted[8]?.seq))
    const ids = inserted.map((row) => row.id)
    expect(await readItems(await feed.subscribe(far), 12)).toEqual(ids)
    expect(await readItems(await feed.subscribe(near), 3)).toEqual(ids.slice(9))
  })

  test.each([
    ['in the window', 20],
    ['below the window', 5],
  ])('more than fits: the cursor alone, and from there on as usual (%s)', async (_, windowItemsMax) => {
    const feed = follow({ windowItemsMax })
    const subscription = await feed.subscribe()
    const inserted = await insertCallbacks(testDatabase.db, 8)
    const late = await feed.subscribe(subscription.cursor)
    expect(await late.next(7)).toEqual({
      kind: 'more',
      cursor: subscription.cursor.replace(/\d+$/, String(inserted[7]?.seq)),
    })
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(late, 1)).toEqual([id])
  })

  test('a summary without anything of a single user', async () => {
    const subscription = await follow().subscribe()
    await insertCallback(testDatabase.db)
    const batch = await subscription.next(50)
    if (batch?.kind !== 'items') throw new Error('no items')
    expect(batch.items.map((item) => llmCallbackSummarySchema.strict().parse(item))).toEqual(batch.items)
    expect(batch.items.at(-1)?.cursor).toBe(batch.cursor)
  })
})

describe('another life of the database (case 53)', () => {
  test('a cursor of another epoch, or beyond the head, resets to the head', async () => {
    const feed = follow()
    await insertCallback(testDatabase.db)
    const { cursor } = await feed.subscribe()
    for (const wrong of [cursor.replace(/^.{16}/, '0123456789abcdef'), cursor.replace(/\d+$/, '999')]) {
      const subscription = await feed.subscribe(wrong)
      expect(await subscription.next(50)).toEqual({ kind: 'reset', cursor })
      const { id } = await insertCallback(testDatabase.db)
      expect(await readItems(subscription, 1)).toEqual([id])
      await testDatabase.db.execute(sql`delete from llm_callbacks where id = ${id}::uuid`)
    }
  })

  test('an epoch that is renewed under a running stream resets it', async () => {
    const subscription = await follow({ pollIntervalMs: 20 }).subscribe()
    const before = subscription.cursor
    const next = subscription.next(50)
    await testDatabase.db.execute(sql`update llm_callback_feed set epoch = gen_random_uuid()`)
    expect(await next).toMatchObject({ kind: 'reset' })
    expect(subscription.cursor).not.toBe(before)
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(subscription, 1)).toEqual([id])
  })

  test('a malformed cursor is refused', async () => {
    await expect(follow().subscribe('12')).rejects.toMatchObject({ code: 'invalid_cursor' })
  })
})

describe('how it follows', () => {
  const listeners = async () => {
    const { rows } = await testDatabase.db.execute<{ pid: number }>(
      sql`select pid from pg_stat_activity where application_name = 'callboard feed' and datname = current_database()`,
    )
    return rows.map((row) => row.pid)
  }

  test('a hint brings a callback long before the next poll', async () => {
    const subscription = await follow({ pollIntervalMs: 60_000 }).subscribe()
    await expect.poll(listeners).toHaveLength(1)
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(subscription, 1)).toEqual([id])
  })

  test('without hints polling finds it (case 62)', async () => {
    const subscription = await follow({ directUrl: null, pollIntervalMs: 20 }).subscribe()
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(subscription, 1)).toEqual([id])
    expect(await listeners()).toEqual([])
  })

  test('when the listening connection is killed polling goes on, and it is made anew (case 62)', async () => {
    const subscription = await follow({ pollIntervalMs: 50 }).subscribe()
    await expect.poll(listeners).toHaveLength(1)
    const [pid] = await listeners()
    await testDatabase.db.execute(sql`select pg_terminate_backend(${pid})`)
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(subscription, 1)).toEqual([id])
    await expect.poll(listeners).not.toEqual([])
    expect(await listeners()).not.toContain(pid)
    expect(errors).not.toEqual([])
  })

  test('case 62: with the listening connection killed again and again each callback is there within a second', async () => {
    const subscription = await follow().subscribe()
    for (let round = 0; round < 3; round++) {
      await testDatabase.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'callboard feed' and datname = current_database()`,
      )
      const { id } = await insertCallback(testDatabase.db)
      const storedAt = performance.now()
      expect(await readItems(subscription, 1)).toEqual([id])
      // The second is the poll's; the rest is for a busy machine.
      expect(performance.now() - storedAt).toBeLessThan(1_800)
    }
  })

  test('one connection listens for all, from the first subscriber to the last', async () => {
    const feed = follow()
    expect(await listeners()).toEqual([])
    const [first, second] = [await feed.subscribe(), await feed.subscribe()]
    await expect.poll(listeners).toHaveLength(1)
    first.close()
    await expect.poll(listeners).toHaveLength(1)
    second.close()
    await expect.poll(listeners).toEqual([])
    const third = await feed.subscribe(second.cursor)
    const { id } = await insertCallback(testDatabase.db)
    expect(await readItems(third, 1)).toEqual([id])
  })

  test('a closed subscription ends the wait of its reader', async () => {
    const subscription = await follow().subscribe()
    const next = subscription.next(50)
    subscription.close()
    expect(await next).toBeNull()
  })

  test('an outage is told of once, and what came in meanwhile is there after it', async () => {
    const subscription = await follow({ directUrl: null, pollIntervalMs: 20 }).subscribe()
    await testDatabase.db.execute(sql`alter table llm_callback_feed rename to away`)
    await expect.poll(() => errors.length).toBe(1)
    const { id } = await insertCallback(testDatabase.db)
    await testDatabase.db.execute(sql`alter table away rename to llm_callback_feed`)
    expect(await readItems(subscription, 1)).toEqual([id])
    expect(errors).toHaveLength(1)
  })
})
