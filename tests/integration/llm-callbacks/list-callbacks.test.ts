import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { llmCallbackReadMarks } from '@/db/schema'
import { parseQuery } from '@/lib/http/parse-query'
import { callbackHistorySchema, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markCallbacksAsUnviewed } from '@/lib/llm-callbacks/mark-callbacks-as-unviewed'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks, insertThree } from '../../support/insert-callback'

let testDatabase: TestDatabase
const ana = randomUUID()

beforeEach(async () => {
  testDatabase = await createTestDatabase()
})
afterEach(() => testDatabase.drop())

/** Asks as a browser does, through the query of a URL. */
async function history(query: Record<string, string> = {}, userId = ana) {
  const url = `http://localhost/?${new URLSearchParams(query)}`
  return listCallbacks(parseQuery(historyInputSchema, url), userId, testDatabase.db)
}
const insert = (values: Parameters<typeof insertCallback>[1]) => insertCallback(testDatabase.db, values)
const idsOf = (answer: { items: { id: string }[] }) => answer.items.map((item) => item.id)

describe('paging', () => {
  test('an empty inbox answers an empty last page', async () => {
    expect(await history()).toEqual({ items: [], nextCursor: null, previousCursor: null, reset: false })
  })

  test('pages run from the newest to the oldest without a gap or a repeat, while new rows arrive', async () => {
    const inserted = await insertCallbacks(testDatabase.db, 7)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await history({ limit: '3', ...(cursor && { cursor }) })
      seen.push(...idsOf(page))
      cursor = page.nextCursor
      await insertCallback(testDatabase.db)
    } while (cursor !== null)
    expect(seen).toEqual(inserted.map((row) => row.id).reverse())
  })

  test('a full last page has no next one', async () => {
    await insertCallbacks(testDatabase.db, 3)
    expect((await history({ limit: '3' })).nextCursor).toBeNull()
  })

  test('a page goes on where it was when the row before it is deleted', async () => {
    const [oldest] = await insertThree(testDatabase.db)
    const page = await history({ limit: '2' })
    await testDatabase.db.execute(sql`delete from llm_callbacks where id = ${page.items[1]?.id}::uuid`)
    expect(idsOf(await history({ cursor: page.nextCursor ?? '' }))).toEqual([oldest.id])
  })

  test('a cursor of another epoch resets to the newest page (case 53)', async () => {
    await insertCallbacks(testDatabase.db, 3)
    const { nextCursor } = await history({ limit: '1' })
    await testDatabase.db.execute(sql`update llm_callback_feed set epoch = gen_random_uuid()`)
    const answer = await history({ cursor: nextCursor ?? '' })
    expect(answer.reset).toBe(true)
    expect(answer.items).toHaveLength(3)
  })

  test('from any page, newer ones lead back the way that older ones led there, while new rows arrive', async () => {
    const inserted = await insertCallbacks(testDatabase.db, 7)
    const newestFirst = inserted.map((row) => row.id).reverse()
    const first = await history({ limit: '3' })
    expect(first.previousCursor).toBeNull()
    const second = await history({ limit: '3', cursor: first.nextCursor ?? '' })
    const third = await history({ limit: '3', cursor: second.nextCursor ?? '' })
    await insertCallback(testDatabase.db)
    const newer = async (page: typeof third) =>
      history({ limit: '3', cursor: page.previousCursor ?? '', direction: 'newer' })
    const secondAgain = await newer(third)
    expect(idsOf(secondAgain)).toEqual(newestFirst.slice(3, 6))
    expect(secondAgain.nextCursor).toBe(second.nextCursor)
    const firstAgain = await newer(secondAgain)
    expect(idsOf(firstAgain)).toEqual(newestFirst.slice(0, 3))
    expect(firstAgain.nextCursor).toBe(first.nextCursor)
    const newest = await newer(firstAgain)
    expect(newest.items).toHaveLength(1)
    expect(newest.previousCursor).toBeNull()
    const nothingNewer = await history({ cursor: newest.items[0]?.cursor ?? '', direction: 'newer' })
    expect(nothingNewer).toMatchObject({ items: [], previousCursor: null })
    const back = await history({ cursor: nothingNewer.nextCursor ?? '', limit: '1' })
    expect(idsOf(back)).toEqual(idsOf(newest))
  })

  test('newer than nothing, and newer than a cursor of another epoch, is the newest page', async () => {
    const [, second, third] = await insertThree(testDatabase.db)
    expect(idsOf(await history({ direction: 'newer', limit: '2' }))).toEqual([third.id, second.id])
    const answer = await history({ direction: 'newer', limit: '2', cursor: '0123456789abcdef.1' })
    expect(answer).toMatchObject({ reset: true, previousCursor: null })
    expect(idsOf(answer)).toEqual([third.id, second.id])
  })

  test('the answer is what the schema promises to the browser', async () => {
    await insertCallbacks(testDatabase.db, 2)
    const answer = await history({ limit: '1' })
    expect(callbackHistorySchema.parse(answer)).toEqual(answer)
  })
})

describe('filters', () => {
  test.each([
    ['status', { status: 'failed' }, { status: 'completed' }],
    ['workflow', { workflowName: 'billing' }, { workflowName: null }],
    ['event', { eventType: 'workflow.failed' }, { eventType: 'workflow.completed' }],
    ['source', { source: 'openai' }, { source: 'llm-callback' }],
    ['scheme', { signatureScheme: 'standard-webhooks' }, { signatureScheme: null }],
    ['job', { externalJobId: 'job-1' }, { externalJobId: 'job-2' }],
    ['condition', { conditions: ['clock_skew', 'variant'] }, { conditions: ['nul'] }],
  ])('%s keeps what matches and nothing else', async (name, matching, other) => {
    const { id } = await insert(matching)
    await insert(other)
    const [value] = Object.values(matching).flat()
    expect(idsOf(await history({ [name]: value ?? '' }))).toEqual([id])
  })

  test.each([
    ['status', 'failed,canceled', [{ status: 'failed' }, { status: 'canceled' }], { status: 'queued' }],
    ['workflow', 'a,b', [{ workflowName: 'a' }, { workflowName: 'b' }], { workflowName: 'a,b' }],
    ['event', 'x,y', [{ eventType: 'x' }, { eventType: 'y' }], { eventType: 'z' }],
    ['source', 'x,y', [{ source: 'x' }, { source: 'y' }], { source: 'z' }],
    ['scheme', 'x,y', [{ signatureScheme: 'x' }, { signatureScheme: 'y' }], { signatureScheme: 'z' }],
    ['condition', 'nul,variant', [{ conditions: ['nul'] }, { conditions: ['variant'] }], { conditions: [] }],
  ])('several values of %s are alternatives', async (name, value, matching, other) => {
    const ids: string[] = []
    for (const values of matching) ids.unshift((await insert(values)).id)
    await insert(other)
    expect(idsOf(await history({ [name]: value }))).toEqual(ids)
  })

  test('condition=quarantined is all that could not be read, condition=variant all that came again with other content', async () => {
    const variant = await insert({ conditions: ['nul', 'variant'] })
    const notText = await insert({ payloadState: 'quarantined', conditions: ['not_utf8'] })
    const notJson = await insert({ payloadState: 'quarantined', conditions: ['not_json'] })
    const skewed = await insert({ conditions: ['clock_skew'] })
    await insert({})
    expect(idsOf(await history({ condition: 'quarantined' }))).toEqual([notJson.id, notText.id])
    expect(idsOf(await history({ condition: 'variant' }))).toEqual([variant.id])
    expect(idsOf(await history({ condition: 'quarantined,clock_skew' }))).toEqual([skewed.id, notJson.id, notText.id])
    expect(idsOf(await history({ condition: 'not_utf8' }))).toEqual([notText.id])
  })

  test('a comma inside a value is written %2C', async () => {
    const { id } = await insert({ workflowName: 'extract, then check' })
    await insert({ workflowName: 'extract' })
    expect(idsOf(await history({ workflow: 'extract%2C then check' }))).toEqual([id])
  })

  test.each([
    ['status', 'failed', { status: 'failed' }, { status: 'completed' }],
    ['workflow', 'billing', { workflowName: 'billing' }, { workflowName: null }],
    ['event', 'workflow.failed', { eventType: 'workflow.failed' }, { eventType: null }],
    ['source', 'openai', { source: 'openai' }, { source: 'aaa' }],
    ['scheme', 'standard-webhooks', { signatureScheme: 'standard-webhooks' }, { signatureScheme: null }],
    ['condition', 'variant', { conditions: ['clock_skew', 'variant'] }, { conditions: ['clock_skew'] }],
    ['condition', 'quarantined', { payloadState: 'quarantined', conditions: ['not_json'] }, { conditions: [] }],
  ])('%s=!%s leaves out what has it, and keeps what has none', async (name, value, excluded, other) => {
    await insert(excluded)
    const { id } = await insert(other)
    expect(idsOf(await history({ [name]: `!${value}` }))).toEqual([id])
  })

  test('several values can be excluded, and beside values that are asked for', async () => {
    const a = await insert({ workflowName: 'a', status: 'failed' })
    const b = await insert({ workflowName: 'b', status: 'canceled' })
    const c = await insert({ workflowName: 'c' })
    expect(idsOf(await history({ workflow: '!a,!c' }))).toEqual([b.id])
    expect(idsOf(await history({ workflow: 'a,b,!b' }))).toEqual([a.id])
    expect(idsOf(await history({ status: '!failed,!canceled' }))).toEqual([c.id])
    expect(idsOf(await history({ status: 'failed,!failed' }))).toEqual([])
  })

  test('a value that begins with ! is written %21', async () => {
    const { id } = await insert({ workflowName: '!, urgent' })
    const other = await insert({ workflowName: ', urgent' })
    expect(idsOf(await history({ workflow: '%21%2C urgent' }))).toEqual([id])
    expect(idsOf(await history({ workflow: '!%2C urgent' }))).toEqual([id])
    expect(idsOf(await history({ workflow: '!%21%2C urgent' }))).toEqual([other.id])
  })

  test('handled tells what the team has dealt with from what is open, and by whom, once the account is gone too', async () => {
    const [first, second, third] = await insertThree(testDatabase.db)
    await markCallbacksAsHandled([first.id, third.id], ana, testDatabase.db)
    expect(idsOf(await history({ handled: 'true' }))).toEqual([third.id, first.id])
    expect(idsOf(await history({ handled: 'false' }))).toEqual([second.id])
    expect(idsOf(await history({ handled: 'true', viewed: 'false', status: 'completed' }))).toEqual([
      third.id,
      first.id,
    ])
    const { items } = await history()
    expect(items.map((item) => item.handled)).toEqual([
      { byName: null, at: expect.stringMatching(/^20.*Z$/) },
      null,
      { byName: null, at: expect.any(String) },
    ])
    expect(callbackHistorySchema.shape.items.parse(items)).toEqual(items)
  })

  test('viewed=false pages through what is above the mark and what is unviewed again below it as one', async () => {
    const inserted = await insertCallbacks(testDatabase.db, 6)
    const idOf = (place: number) => llmCallbackIdSchema.parse(inserted[place]?.id)
    const mark = { adminUserId: ana, viewedThroughSeq: inserted[3]?.seq ?? 0 }
    await testDatabase.db.insert(llmCallbackReadMarks).values(mark)
    await markCallbacksAsUnviewed([idOf(0), idOf(2)], ana, testDatabase.db)
    const first = await history({ viewed: 'false', limit: '3' })
    expect(idsOf(first)).toEqual([idOf(5), idOf(4), idOf(2)])
    const second = await history({ viewed: 'false', limit: '3', cursor: first.nextCursor ?? '' })
    expect(idsOf(second)).toEqual([idOf(0)])
    expect(idsOf(await history({ viewed: 'true' }))).toEqual([idOf(3), idOf(1)])
    const newer = await history({ viewed: 'false', direction: 'newer', cursor: second.previousCursor ?? '' })
    expect(idsOf(newer)).toEqual(idsOf(first))
    expect((await history()).items.map((item) => item.viewed)).toEqual([false, false, true, false, true, false])
  })

  test('filters add up', async () => {
    const { id } = await insert({ status: 'failed', workflowName: 'billing' })
    await insert({ status: 'failed' })
    await insert({ workflowName: 'billing' })
    expect(idsOf(await history({ status: 'failed', workflow: 'billing' }))).toEqual([id])
  })

  test('ids names exactly those, newest first; unknown ones are left out', async () => {
    const [first, , third] = await insertThree(testDatabase.db)
    expect(idsOf(await history({ ids: [first.id, randomUUID(), third.id].join(',') }))).toEqual([third.id, first.id])
  })

  test('from is the first moment that counts and to the first that does not', async () => {
    const at = (time: string) => insert({ createdAt: new Date(time) })
    await at('2025-12-20T09:59:59.999Z')
    const first = await at('2025-12-20T10:00:00.000Z')
    const last = await at('2025-12-20T10:59:59.999Z')
    await at('2025-12-20T11:00:00.000Z')
    const range = { from: '2025-12-20T10:00:00Z', to: '2025-12-20T12:00:00+01:00' }
    expect(idsOf(await history(range))).toEqual([last.id, first.id])
  })

  test('viewed tells an admin’s own views and mark from the rest, and every row says which it is', async () => {
    const [marked, opened, neither] = await insertThree(testDatabase.db)
    const mark = { adminUserId: ana, viewedThroughSeq: marked.seq }
    await testDatabase.db.insert(llmCallbackReadMarks).values(mark)
    await markCallbackAsViewed(opened.id, ana, testDatabase.db)
    expect(idsOf(await history({ viewed: 'true' }))).toEqual([opened.id, marked.id])
    expect(idsOf(await history({ viewed: 'false' }))).toEqual([neither.id])
    expect((await history()).items.map((item) => item.viewed)).toEqual([false, true, true])
    expect((await history({}, randomUUID())).items.map((item) => item.viewed)).toEqual([false, false, false])
  })

  test.each([
    ['a search of two characters', { q: 'ab' }],
    ['an unknown parameter', { sort: 'cost' }],
    ['an unknown status', { status: 'failed,lost' }],
    ['an unknown condition', { condition: 'odd' }],
    ['an empty list', { workflow: '' }],
    ['nothing to exclude', { workflow: '!' }],
    ['a direction that there is not', { direction: 'up' }],
    ['a NUL, which no column can hold', { workflow: 'a\0b' }],
    ['a time without a zone', { from: '2025-12-20T10:00:00' }],
    ['an id that is no uuid', { ids: 'job-1' }],
    ['more than a page may hold', { limit: '201' }],
  ])('%s is refused, not ignored', async (_, query) => {
    await expect(history(query)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
