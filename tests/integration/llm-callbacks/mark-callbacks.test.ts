import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  llmCallbackHandled,
  llmCallbackReadMarks,
  llmCallbacks,
  llmCallbackUnviewed,
  llmCallbackViews,
} from '@/db/schema'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { historyFiltersSchema, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markCallbacksAsUnhandled } from '@/lib/llm-callbacks/mark-callbacks-as-unhandled'
import { markCallbacksAsUnviewed } from '@/lib/llm-callbacks/mark-callbacks-as-unviewed'
import { markCallbacksAsViewed } from '@/lib/llm-callbacks/mark-callbacks-as-viewed'
import { markMatchingAsViewed } from '@/lib/llm-callbacks/mark-matching-as-viewed'
import { markedMatchingSchema } from '@/lib/llm-callbacks/marking-schemas'
import { type LLMCallbackId, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { undoMarkMatchingAsViewed } from '@/lib/llm-callbacks/undo-mark-matching-as-viewed'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks, insertManyCallbacks, insertThree } from '../../support/insert-callback'

let database: TestDatabase
const ana = randomUUID()
const ben = randomUUID()

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await database.db.delete(llmCallbacks)
  await database.db.delete(llmCallbackReadMarks)
})
afterAll(() => database.drop())

const unknown = llmCallbackIdSchema.parse(randomUUID())
const check = (userId = ana, after: string | null = null) => getRecentCallbacks(after, 100, userId, database.db)
const setMark = (viewedThroughSeq: number) =>
  database.db
    .insert(llmCallbackReadMarks)
    .values({ adminUserId: ana, viewedThroughSeq })
    .onConflictDoUpdate({ target: llmCallbackReadMarks.adminUserId, set: { viewedThroughSeq } })
const markOf = async (userId = ana) =>
  (await database.db.select().from(llmCallbackReadMarks)).find((mark) => mark.adminUserId === userId)?.viewedThroughSeq
async function filter(query: Record<string, string>, userId = ana): Promise<LLMCallbackId[]> {
  const input = historyInputSchema.parse({ limit: '200', ...query })
  return (await listCallbacks(input, userId, database.db)).items.map((item) => item.id)
}
/** What is unviewed, newest first, once every way of asking has given the same answer. */
async function unviewed(userId = ana): Promise<LLMCallbackId[]> {
  const ids = await filter({ viewed: 'false' }, userId)
  const all = (await listCallbacks(historyInputSchema.parse({ limit: '200' }), userId, database.db)).items
  expect(all.filter((item) => !item.viewed).map((item) => item.id)).toEqual(ids)
  expect(await filter({ viewed: 'true' }, userId)).toEqual(all.filter((item) => item.viewed).map((item) => item.id))
  const { items, unviewedCount } = await check(userId)
  expect(items.map((item) => item.id).reverse()).toEqual(ids.slice(0, 100))
  expect(unviewedCount).toBe(ids.length)
  return ids
}
async function cursorAt(id: LLMCallbackId): Promise<string> {
  const callback = await getCallbackById(id, ana, database.db)
  return callback?.cursor ?? ''
}
const markMatching = async (query: Record<string, string>, through: LLMCallbackId, userId = ana) =>
  markMatchingAsViewed(
    { filters: historyFiltersSchema.parse(query), through: await cursorAt(through) },
    userId,
    database.db,
  )
const undo = ({ undo: token }: { undo: string }, userId = ana) => undoMarkMatchingAsViewed(token, userId, database.db)

describe('viewed', () => {
  test('case 71: of many, those that were unviewed are named, unknown ones are left out, and another admin has viewed none', async () => {
    const [first, second, third] = await insertThree(database.db)
    await markCallbackAsViewed(second.id, ana, database.db)
    const marked = await markCallbacksAsViewed([third.id, unknown, second.id, first.id], ana, database.db)
    expect(marked.toSorted()).toEqual([first.id, third.id].toSorted())
    expect(await unviewed()).toEqual([])
    expect(await unviewed(ben)).toEqual([third.id, second.id, first.id])
  })

  test('case 71: unviewed again is this admin’s own, below the mark and above it, once', async () => {
    const [below, above, untouched] = await insertThree(database.db)
    await setMark(below.seq)
    await database.db.insert(llmCallbackReadMarks).values({ adminUserId: ben, viewedThroughSeq: untouched.seq })
    await markCallbackAsViewed(above.id, ana, database.db)
    const ids = [unknown, below.id, above.id, untouched.id]
    expect((await markCallbacksAsUnviewed(ids, ana, database.db)).toSorted()).toEqual([below.id, above.id].toSorted())
    expect(await markCallbacksAsUnviewed(ids, ana, database.db)).toEqual([])
    expect(await unviewed()).toEqual([untouched.id, above.id, below.id])
    expect(await unviewed(ben)).toEqual([])
    expect((await getCallbackById(below.id, ana, database.db))?.viewed).toBe(false)
  })

  test('what is unviewed again can be viewed again', async () => {
    const [below] = await insertThree(database.db)
    await setMark(below.seq)
    await markCallbacksAsUnviewed([below.id], ana, database.db)
    expect(await markCallbackAsViewed(below.id, ana, database.db)).toBe(true)
    expect(await markCallbackAsViewed(below.id, ana, database.db)).toBe(false)
    expect(await database.db.select().from(llmCallbackUnviewed)).toEqual([])
    expect(await unviewed()).toHaveLength(2)
  })

  test('check finds what is unviewed again after a cursor, in the order of the feed', async () => {
    const [first, second, third] = await insertThree(database.db)
    await setMark(second.seq)
    await markCallbacksAsUnviewed([first.id, second.id], ana, database.db)
    const { items } = await check(ana, await cursorAt(first.id))
    expect(items.map((item) => item.id)).toEqual([second.id, third.id])
  })

  test('marking and unmarking the same callback at once leaves it either viewed or not, for every way of asking', async () => {
    const { id, seq } = await insertCallback(database.db)
    await setMark(seq)
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        markCallbackAsViewed(id, ana, database.db),
        markCallbacksAsUnviewed([id], ana, database.db),
        markCallbackAsViewed(id, ana, database.db),
      ])
      await unviewed()
    }
  })
})

describe('the read mark moves by itself', () => {
  test('over what is viewed above it, up to the first that is not', async () => {
    const rows = await insertCallbacks(database.db, 4)
    const [first, second, third, fourth] = rows.map((row) => row.id)
    if (!first || !second || !third || !fourth) throw new Error('four were inserted')
    await markCallbacksAsViewed([second, first, fourth], ana, database.db)
    expect(await markOf()).toBe(rows[1]?.seq)
    await markCallbackAsViewed(third, ana, database.db)
    expect(await markOf()).toBe(rows[3]?.seq)
    expect(await unviewed()).toEqual([])
  })

  test('over a full thousand of which most is viewed, and what is left in it stays unviewed for good', async () => {
    await insertManyCallbacks(database.db, 2_150)
    const { rows } = await database.db.execute<{ id: LLMCallbackId; seq: string }>(sql`
      select id, seq from llm_callbacks order by seq`)
    const left = rows.filter((_, place) => place % 100 === 50).map((row) => row.id)
    const viewed = rows.map((row) => row.id).filter((id) => !left.includes(id))
    for (let at = 0; at < viewed.length; at += 500) {
      await markCallbacksAsViewed(viewed.slice(at, at + 500), ana, database.db)
    }
    expect(await markOf()).toBe(Number(rows[2_049]?.seq))
    expect(await filter({ viewed: 'false' })).toEqual(left.toReversed())
    expect(await check()).toMatchObject({ unviewedCount: left.length })
    const old = await check(ana, await cursorAt(llmCallbackIdSchema.parse(rows[0]?.id)))
    expect(old.items.map((item) => item.id)).toEqual(left)
  })

  test('not over a thousand of which most is unviewed', async () => {
    await insertManyCallbacks(database.db, 1_200)
    const { rows } = await database.db.execute<{ id: LLMCallbackId }>(sql`
      select id from llm_callbacks order by seq limit 400 offset 300`)
    await markCallbacksAsViewed(
      rows.map((row) => row.id),
      ana,
      database.db,
    )
    expect(await database.db.select().from(llmCallbackUnviewed)).toEqual([])
    expect(await check()).toMatchObject({ unviewedCount: 800 })
  })
})

describe('all that match', () => {
  test('without filters the mark moves to the cursor, and what arrived since stays unviewed', async () => {
    const [first, second, third] = await insertThree(database.db)
    await markCallbackAsViewed(first.id, ana, database.db)
    const marked = await markMatching({ viewed: 'false' }, second.id)
    expect(markedMatchingSchema.parse(marked)).toEqual(marked)
    expect(marked).toMatchObject({ count: 1, isCountCapped: false, hasMore: false })
    expect(await unviewed()).toEqual([third.id])
    expect(await database.db.select().from(llmCallbackViews)).toHaveLength(1)
    expect(await unviewed(ben)).toHaveLength(3)
  })

  test('its undo brings back what was unviewed, and not what was opened since', async () => {
    const rows = await insertCallbacks(database.db, 4)
    const [first, second, third, fourth] = rows.map((row) => row.id)
    if (!first || !second || !third || !fourth) throw new Error('four were inserted')
    await setMark(rows[1]?.seq ?? 0)
    await markCallbacksAsUnviewed([first], ana, database.db)
    const marked = await markMatching({}, fourth)
    expect(marked.count).toBe(3)
    expect(await unviewed()).toEqual([])
    await markCallbackAsViewed(third, ana, database.db)
    await undo(marked, ben)
    expect(await unviewed()).toEqual([])
    await undo(marked)
    expect(await unviewed()).toEqual([fourth, first])
    await undo(marked)
    await undo({ undo: randomUUID() })
    expect(await unviewed()).toEqual([fourth, first])
  })

  test('an undo that comes after the mark was moved again changes nothing of that', async () => {
    const [first, , third] = await insertThree(database.db)
    const early = await markMatching({}, first.id)
    const late = await markMatching({}, third.id)
    await undo(early)
    expect(await unviewed()).toEqual([])
    await undo(late)
    expect(await unviewed()).toHaveLength(2)
  })

  test('a cursor beyond the head does not reach into the future, one of another epoch marks nothing', async () => {
    const { id, seq } = await insertCallback(database.db)
    const cursor = await cursorAt(id)
    const mark = (through: string) => markMatchingAsViewed({ filters: {}, through }, ana, database.db)
    expect(await mark(`0123456789abcdef.${seq}`)).toMatchObject({ count: 0 })
    expect(await unviewed()).toEqual([id])
    expect(await mark(`${cursor.split('.')[0]}.${seq + 1_000}`)).toMatchObject({ count: 1 })
    const later = await insertCallback(database.db)
    expect(await unviewed()).toEqual([later.id])
  })

  test('with filters just those get a view, and the undo takes back these and no other', async () => {
    const failedBefore = await insertCallback(database.db, { status: 'failed' })
    const completed = await insertCallback(database.db)
    const failed = await insertCallback(database.db, { status: 'failed' })
    const since = await insertCallback(database.db, { status: 'failed' })
    await setMark(failedBefore.seq)
    await markCallbacksAsUnviewed([failedBefore.id], ana, database.db)
    const marked = await markMatching({ status: 'failed' }, failed.id)
    expect(marked).toMatchObject({ count: 2, isCountCapped: false, hasMore: false })
    expect(await unviewed()).toEqual([since.id, completed.id])
    await markCallbackAsViewed(completed.id, ana, database.db)
    await undo(marked)
    expect(await unviewed()).toEqual([since.id, failed.id, failedBefore.id])
    expect(await markMatching({ viewed: 'true' }, since.id)).toMatchObject({ count: 0 })
  })

  test('its undo also brings back what the mark has moved over since', async () => {
    await insertManyCallbacks(database.db, 1_100)
    const { rows } = await database.db.execute<{ id: LLMCallbackId }>(sql`select id from llm_callbacks order by seq`)
    const last = llmCallbackIdSchema.parse(rows.at(-1)?.id)
    const marked = await markMatching({ event: 'workflow.completed' }, last)
    expect(marked.count).toBe(1_095)
    expect(await markOf()).toBeGreaterThan(0)
    expect(await check()).toMatchObject({ unviewedCount: 5 })
    await undo(marked)
    expect(await check()).toMatchObject({ unviewedCount: 1_000 })
    expect(await filter({ viewed: 'true' })).toEqual([])
  })

  test('10,000 are marked in one call, and it says that there is more', async () => {
    await insertManyCallbacks(database.db, 10_100)
    const { items } = await check()
    const newest = llmCallbackIdSchema.parse(items.at(-1)?.id)
    const query = { source: 'llm-callback' }
    expect(await markMatching(query, newest)).toMatchObject({ count: 10_000, hasMore: true })
    expect(await markMatching(query, newest)).toMatchObject({ count: 100, hasMore: false })
    expect(await check()).toMatchObject({ unviewedCount: 0 })
  })

  test('without filters it is counted up to 1,000', async () => {
    await insertManyCallbacks(database.db, 1_001)
    const { items } = await check()
    const newest = llmCallbackIdSchema.parse(items.at(-1)?.id)
    expect(await markMatching({}, newest)).toMatchObject({ count: 1_000, isCountCapped: true, hasMore: false })
  })
})

describe('handled', () => {
  test('the first one counts for the whole team, unknown ids are left out', async () => {
    const [first, second] = await insertThree(database.db)
    expect(await markCallbacksAsHandled([first.id, unknown], ana, database.db)).toEqual([first.id])
    expect(await markCallbacksAsHandled([second.id, first.id], ben, database.db)).toEqual([second.id])
    expect(await database.db.select().from(llmCallbackHandled)).toMatchObject([
      { callbackId: first.id, adminUserId: ana },
      { callbackId: second.id, adminUserId: ben },
    ])
  })

  test('anyone makes it open again, once', async () => {
    const [first] = await insertThree(database.db)
    await markCallbacksAsHandled([first.id], ana, database.db)
    expect(await markCallbacksAsUnhandled([first.id, unknown], database.db)).toEqual([first.id])
    expect(await markCallbacksAsUnhandled([first.id], database.db)).toEqual([])
    expect((await getCallbackById(first.id, ana, database.db))?.handled).toBeNull()
  })

  test('of ten at once exactly one has handled it', async () => {
    const { id } = await insertCallback(database.db)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => markCallbacksAsHandled([id], randomUUID(), database.db)),
    )
    expect(answers.flat()).toEqual([id])
  })
})
