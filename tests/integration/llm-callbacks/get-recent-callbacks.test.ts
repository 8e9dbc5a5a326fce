import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { llmCallbackReadMarks } from '@/db/schema'
import { recentCallbacksSchema } from '@/lib/llm-callbacks/check-schemas'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks, insertManyCallbacks, insertThree } from '../../support/insert-callback'

let testDatabase: TestDatabase
const ana = randomUUID()
const ben = randomUUID()

beforeEach(async () => {
  testDatabase = await createTestDatabase()
})
afterEach(() => testDatabase.drop())

const check = (after: string | null, limit = 20, userId = ana) =>
  getRecentCallbacks(after, limit, userId, testDatabase.db)
const idsOf = (answer: { items: { id: string }[] }) => answer.items.map((item) => item.id)

describe('without a cursor', () => {
  test('an empty inbox answers no items and a cursor to go on from', async () => {
    const answer = await check(null)
    expect(answer).toMatchObject({ items: [], hasMore: false, unviewedCount: 0, reset: false })
    const { id } = await insertCallback(testDatabase.db)
    expect(idsOf(await check(answer.nextCursor))).toEqual([id])
  })

  test('the newest unviewed come, oldest first, and the cursor is the head', async () => {
    const inserted = await insertCallbacks(testDatabase.db, 5)
    const answer = await check(null, 3)
    expect(idsOf(answer)).toEqual(inserted.slice(2).map((row) => row.id))
    expect(answer.hasMore).toBe(false)
    expect(answer.unviewedCount).toBe(5)
    expect((await check(answer.nextCursor)).items).toEqual([])
  })

  test('the answer is what the schema promises to the browser', async () => {
    await insertCallback(testDatabase.db, {
      eventTime: new Date('2025-12-20T10:30:00.123Z'),
      costUsd: '0.0142',
      durationMs: 840,
      tokensTotal: 18_204,
      errorMessage: 'x'.repeat(5_000),
      conditions: ['clock_skew'],
      raw: Buffer.alloc(100_000, 'x'),
      payloadPreview: 'x',
    })
    const answer = await check(null)
    expect(recentCallbacksSchema.parse(answer)).toEqual(answer)
    expect(answer.items[0]).toMatchObject({
      eventTime: '2025-12-20T10:30:00.123Z',
      costUsd: '0.0142',
      durationMs: 840,
      tokensTotal: 18_204,
      errorMessage: 'x'.repeat(300),
      conditions: ['clock_skew'],
      payloadBytes: 100_000,
      viewed: false,
    })
    expect(answer.items[0]).not.toHaveProperty('payload')
  })
})

describe('after a cursor', () => {
  test('pages of a backlog join without a gap or a repeat, and only the last one is at the head', async () => {
    const { nextCursor } = await check(null)
    const inserted = await insertCallbacks(testDatabase.db, 7)
    const first = await check(nextCursor, 3)
    const second = await check(first.nextCursor, 3)
    const third = await check(second.nextCursor, 3)
    expect([first, second, third].map((page) => page.hasMore)).toEqual([true, true, false])
    expect([first, second, third].flatMap(idsOf)).toEqual(inserted.map((row) => row.id))
    expect((await check(third.nextCursor)).items).toEqual([])
  })

  test('exactly as many as the limit means there is no more', async () => {
    const { nextCursor } = await check(null)
    await insertCallbacks(testDatabase.db, 3)
    expect((await check(nextCursor, 3)).hasMore).toBe(false)
  })

  test('with more to come the cursor is the last item, so that one that arrives between two pages is not lost', async () => {
    const { nextCursor } = await check(null)
    await insertCallbacks(testDatabase.db, 3)
    const first = await check(nextCursor, 2)
    expect(first.nextCursor).toBe(first.items.at(-1)?.cursor)
    const late = await insertCallback(testDatabase.db)
    expect(idsOf(await check(first.nextCursor, 2))).toContain(late.id)
  })

  test('a later page leaves out what was viewed meanwhile', async () => {
    const { nextCursor } = await check(null)
    const [first, second, third] = await insertThree(testDatabase.db)
    await markCallbackAsViewed(second.id, ana, testDatabase.db)
    expect(idsOf(await check(nextCursor))).toEqual([first.id, third.id])
  })

  test('viewed is each admin’s own', async () => {
    const { nextCursor } = await check(null)
    const { id } = await insertCallback(testDatabase.db)
    await markCallbackAsViewed(id, ana, testDatabase.db)
    expect(await check(nextCursor, 20, ana)).toMatchObject({ items: [], unviewedCount: 0 })
    expect(await check(nextCursor, 20, ben)).toMatchObject({ items: [{ id, viewed: false }], unviewedCount: 1 })
  })

  test('everything at or below an admin’s mark is viewed for that admin alone', async () => {
    const { nextCursor } = await check(null)
    const [, marked, above] = await insertThree(testDatabase.db)
    await testDatabase.db.insert(llmCallbackReadMarks).values({ adminUserId: ana, viewedThroughSeq: marked.seq })
    expect(idsOf(await check(nextCursor))).toEqual([above.id])
    expect(idsOf(await check(null))).toEqual([above.id])
    expect((await check(nextCursor)).unviewedCount).toBe(1)
    expect((await check(nextCursor, 20, ben)).unviewedCount).toBe(3)
  })

  test('the unviewed count stops at 1,000', async () => {
    await insertManyCallbacks(testDatabase.db, 1_500)
    expect((await check(null)).unviewedCount).toBe(1_000)
  })
})

describe('a cursor that means nothing here', () => {
  test('beyond the head it resets to the head (case 53)', async () => {
    const { nextCursor } = await check(null)
    const { seq } = await insertCallback(testDatabase.db)
    const beyond = nextCursor.replace(/\d+$/, String(seq + 1))
    const answer = await check(beyond)
    expect(answer).toMatchObject({ items: [], hasMore: false, reset: true, unviewedCount: 1 })
    expect(answer.nextCursor).toBe(nextCursor.replace(/\d+$/, String(seq)))
    expect(await check(answer.nextCursor)).toMatchObject({ items: [], reset: false })
  })

  test('of an epoch that was renewed after a restore it resets at once, in a process that goes on running (case 53)', async () => {
    await insertCallback(testDatabase.db)
    const before = await check(null)
    await testDatabase.db.execute(sql`update llm_callback_feed set epoch = gen_random_uuid()`)
    await insertCallback(testDatabase.db)
    const answer = await check(before.nextCursor)
    expect(answer).toMatchObject({ items: [], reset: true })
    expect(answer.nextCursor.split('.')[0]).not.toBe(before.nextCursor.split('.')[0])
  })

  test('from a copy of the same database it resets, though the stored uuid is the same (case 53)', async () => {
    const { rows } = await testDatabase.db.execute<{ epoch: string }>(sql`select epoch from llm_callback_feed`)
    const other = await createTestDatabase()
    try {
      await other.db.execute(sql`update llm_callback_feed set epoch = ${rows[0]?.epoch}::uuid`)
      const { nextCursor } = await check(null)
      expect(await getRecentCallbacks(nextCursor, 20, ana, other.db)).toMatchObject({ reset: true })
    } finally {
      await other.drop()
    }
  })

  test.each(['', '1', 'x.1', '0123456789abcdef', '0123456789abcdef.', '0123456789abcdef.-1', '0123456789abcdef.01'])(
    '%j is refused',
    async (cursor) => {
      await expect(check(cursor)).rejects.toMatchObject({ code: 'invalid_cursor' })
    },
  )
})

test('a callback whose transaction commits late is never passed over (case 51)', async () => {
  const { nextCursor } = await check(null)
  let second: Promise<unknown> = Promise.resolve()
  const seenDuringFirst: string[][] = []
  await testDatabase.db.transaction(async (transaction) => {
    await insertCallback(transaction, { callbackId: 'first' })
    // Without the ordering lock this one would commit at once, with the higher seq, and move the cursor past the first.
    second = insertCallback(testDatabase.db, { callbackId: 'second' })
    await waitForLockWaiter()
    seenDuringFirst.push(idsOf(await check(nextCursor)))
  })
  await second
  expect(seenDuringFirst).toEqual([[]])
  expect((await check(nextCursor)).items.map((item) => item.callbackId)).toEqual(['first', 'second'])
})

async function waitForLockWaiter(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await testDatabase.db.execute(sql`
        select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`)
      return rows.length
    })
    .toBe(1)
}

test('an admin role without the right to pg_control_system() still gets an epoch', async () => {
  await testDatabase.db.execute(sql`revoke execute on function pg_control_system() from public`)
  const role = `reader_${randomUUID().slice(0, 8)}`
  const url = new URL(testDatabase.url)
  const { createDatabase } = await import('@/db/client')
  await testDatabase.db.execute(sql.raw(`create role ${role} login password 'only-for-tests' bypassrls`))
  await testDatabase.db.execute(sql.raw(`grant select on all tables in schema public to ${role}`))
  url.username = role
  url.password = 'only-for-tests'
  const limited = createDatabase(url.href)
  try {
    const { nextCursor } = await getRecentCallbacks(null, 20, ana, limited)
    expect(nextCursor).toMatch(/^[0-9a-f]{16}\.0$/)
    expect(await getRecentCallbacks(nextCursor, 20, ana, limited)).toMatchObject({ reset: false })
  } finally {
    await limited.$client.end()
    await testDatabase.db.execute(sql.raw(`drop owned by ${role}; drop role ${role}`))
  }
})
