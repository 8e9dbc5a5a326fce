import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeStep } from '@/lib/derived/take-step'
import { AppError } from '@/lib/http/app-error'
import { parseQuery } from '@/lib/http/parse-query'
import { countCallbacks } from '@/lib/llm-callbacks/count-callbacks'
import { historyFiltersSchema, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markMatchingAsViewed } from '@/lib/llm-callbacks/mark-matching-as-viewed'
import { insertCallbacks as receive } from '@/lib/llm-callbacks/receive/insert-callbacks'
import { fillSearch } from '@/lib/llm-callbacks/search/fill-search'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertManyCallbacks } from '../../support/insert-callback'
import { nativeCallback } from '../../support/native-callback'
import { verdict } from '../../support/webhook-bodies'

let testDatabase: TestDatabase
const ana = randomUUID()

beforeEach(async () => {
  testDatabase = await createTestDatabase()
})
afterEach(() => testDatabase.drop())

async function fill(): Promise<void> {
  while ((await takeStep(fillSearch, testDatabase.db)) === 'more');
}

const bodyOf = (text: string) => Buffer.from(JSON.stringify({ event: 'workflow.completed', text }))
type Values = NonNullable<Parameters<typeof insertCallback>[1]>

/** Stored and indexed, one for each text; oldest first. */
async function insertTexts(texts: readonly string[], values: Values = {}) {
  const inserted = []
  for (const text of texts) inserted.push(await insertCallback(testDatabase.db, { ...values, raw: bodyOf(text) }))
  await fill()
  return inserted
}

/** Asks as a browser does, through the query of a URL. */
function search(q: string, query: Record<string, string> = {}) {
  const url = `http://localhost/?${new URLSearchParams({ q, ...query })}`
  return listCallbacks(parseQuery(historyInputSchema, url), ana, testDatabase.db)
}
const found = async (q: string, query?: Record<string, string>) => (await search(q, query)).items.map((item) => item.id)
const idsOf = (rows: { id: string }[]) => rows.map((row) => row.id)
const newestFirst = (rows: { id: string }[]) => idsOf(rows).reverse()

/** Makes the feed go on `seqs` later, so that what follows stands in other blocks. */
async function skip(seqs: number): Promise<void> {
  await testDatabase.db.execute(
    sql`select setval('llm_callbacks_seq_seq', nextval('llm_callbacks_seq_seq') + ${seqs}::bigint)`,
  )
}

describe('search', () => {
  test('a UUID is found by all of its groups, not only by those that are looked up', async () => {
    const [wanted] = await insertTexts([
      'of 7f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e5f and more',
      'of 7f8a1c22-9d4e-4b6a-8c12-0a1b2c3d4e5f and more',
      'of 7f8a1c23-9d4e-4b6a-8c11-0a1b2c3d4e5f and more',
    ])
    expect(await found('7F8A1C22-9d4e-4b6a-8c11-0a1b2c3d4e5f')).toEqual([wanted?.id])
    expect(await found('more 7f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e5f', { status: 'completed' })).toEqual([wanted?.id])
    expect(await found('7f8a1c22-9d4e-4b6a-8c13-0a1b2c3d4e5f')).toEqual([])
  })

  test('finds callbacks by words of the payload, the error, the job, the step and the id, newest first', async () => {
    const values = {
      externalJobId: 'job-4711',
      errorMessage: 'Socket hang up',
      stepId: 'geocode',
      workflowName: 'triage',
    }
    const [first, second] = await insertTexts(['Straße nach Überall', 'The quick brown fox, überall'], values)
    expect(await found('quick fox')).toEqual([second?.id])
    expect(await found('STRASSE')).toEqual([])
    expect(await found('straße')).toEqual([first?.id])
    expect(await found('uberall')).toEqual([second?.id, first?.id])
    for (const q of ['4711', 'job-4711', 'socket hang up', 'geocode', 'triage', 'workflow.completed']) {
      expect(await found(q), q).toEqual([second?.id, first?.id])
    }
    expect(await found(second?.id ?? '')).toEqual([second?.id])
    expect(await found('quick nothing')).toEqual([])
  })

  test('takes the last word for the beginning of one, unless something follows it', async () => {
    const [row] = await insertTexts(['understandable'])
    expect(await found('underst')).toEqual([row?.id])
    expect(await found('underst.')).toEqual([])
    expect(await found('underst workflow')).toEqual([])
  })

  test('finds what is not JSON, what jsonb can not hold, and what hostile senders write', async () => {
    const bodies = [
      '{"event": broken',
      verdict({ result: 'nul \0 inside' }),
      verdict({ result: "quote'; drop \\ \u202e reversed" }),
      Buffer.concat([Buffer.from('latin '), Buffer.from([0xe9, 0x00]), Buffer.from(' tail')]),
    ].map((body) => nativeCallback(Buffer.from(body)))
    await receive(testDatabase.db.$client, bodies)
    await fill()
    const ids = bodies.map(({ id }) => id)
    expect(await found('broken')).toEqual([ids[0]])
    expect(await found('inside')).toEqual([ids[1]])
    expect(await found("'; drop \\ reversed")).toEqual([ids[2]])
    expect(await found('latin tail')).toEqual([ids[3]])
    for (const q of ["' | '", '!!!', ':*:', '\\\\\\', "a':* & !b", '\u202e\u202e\u202e', '###'])
      await expect(search(q)).resolves.toBeDefined()
    expect(await found('###')).toEqual([])
  })

  test('of fewer than 3 characters is refused', async () => {
    expect(() => search('ab')).toThrow(AppError)
    expect(() => search('  ab  ')).toThrow(/q:/)
    expect(await found(' abc ')).toEqual([])
  })

  test('pages in both directions without a gap or a repeat, over many blocks', async () => {
    const rows: { id: string }[] = []
    for (const texts of [
      ['wanted', 'other', 'wanted', 'wanted'],
      ['wanted'],
      ['other'],
      ['wanted', 'wanted', 'wanted'],
    ]) {
      const inserted = await insertTexts(texts)
      rows.push(...inserted.filter((_, index) => texts[index] === 'wanted'))
      await skip(5_000)
    }
    const all = newestFirst(rows)
    const pages: { items: { id: string }[]; nextCursor: string | null; previousCursor: string | null }[] = []
    let cursor: string | null | undefined
    do {
      const page = await search('wanted', { limit: '1', ...(cursor && { cursor }) })
      pages.push(page)
      cursor = page.nextCursor
    } while (cursor)
    expect(pages.flatMap(({ items }) => idsOf(items))).toEqual(all)
    const back: string[] = []
    for (let before = pages.at(-1)?.previousCursor; before; ) {
      const page = await search('wanted', { limit: '1', direction: 'newer', cursor: before })
      back.unshift(...idsOf(page.items))
      before = page.previousCursor
    }
    expect(back).toEqual(all.slice(0, back.length))
    expect(back.length).toBeGreaterThanOrEqual(all.length - 1)
  })

  test('adds up with every other filter', async () => {
    const { db } = testDatabase
    const [completed] = await insertTexts(['wanted'])
    await skip(3_000)
    const [failed, viewed] = await insertTexts(['wanted', 'wanted'], {
      status: 'failed',
      workflowName: 'triage',
      externalJobId: 'job-1',
    })
    await insertTexts(['other'], { status: 'failed' })
    await markCallbackAsViewed(viewed?.id as never, ana, db)
    await markCallbacksAsHandled([failed?.id as never], ana, db)
    expect(await found('wanted', { status: 'failed' })).toEqual([viewed?.id, failed?.id])
    expect(await found('wanted', { status: '!failed' })).toEqual([completed?.id])
    expect(await found('wanted', { workflow: 'triage', job: 'job-1' })).toEqual([viewed?.id, failed?.id])
    expect(await found('wanted', { viewed: 'true' })).toEqual([viewed?.id])
    expect(await found('wanted', { viewed: 'false' })).toEqual([failed?.id, completed?.id])
    expect(await found('wanted', { handled: 'true' })).toEqual([failed?.id])
    expect(await found('wanted', { handled: 'false', status: 'failed' })).toEqual([viewed?.id])
    expect(await found('wanted', { ids: `${completed?.id},${failed?.id}` })).toEqual([failed?.id, completed?.id])
  })

  test('keeps to a time range, also where it is long ago', async () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes))
    const rows = []
    for (let minutes = 0; minutes < 50; minutes += 10) {
      rows.push(...(await insertTexts(['wanted'], { createdAt: at(minutes) })))
      await skip(2_000)
    }
    const range = { from: at(10).toISOString(), to: at(40).toISOString() }
    expect(await found('wanted', range)).toEqual(newestFirst(rows.slice(1, 4)))
    expect(await found('wanted', { ...range, limit: '1' })).toEqual([rows[3]?.id])
    const older = await search('wanted', { ...range, limit: '1' })
    expect(await found('wanted', { ...range, cursor: older.nextCursor ?? '' })).toEqual(newestFirst(rows.slice(1, 3)))
    const newer = {
      ...range,
      direction: 'newer',
      cursor: (await search('wanted', { from: range.from, to: at(20).toISOString() })).items[0]?.cursor ?? '',
    }
    expect(await found('wanted', newer)).toEqual(newestFirst(rows.slice(2, 4)))
  })

  test('finds what is rare by its filter among any number that contain the word, and what is rare by its word among any number of a filter', async () => {
    const { db } = testDatabase
    const [rare] = await insertTexts(['frequent'], { workflowName: 'rare' })
    await insertManyCallbacks(db, 10_500)
    await db.execute(sql`
      insert into llm_callback_search (seq, words)
      select seq, array_to_tsvector(array[seq / 1024 || ':frequent']) from llm_callbacks where seq > ${rare?.seq}::bigint`)
    expect(await found('frequent', { workflow: 'rare' })).toEqual([rare?.id])
    const { rows } = await db.execute<{ id: string }>(sql`
      update llm_callback_search set words = words || array_to_tsvector(array[seq / 1024 || ':needle']) where seq = 20
      returning (select id from llm_callbacks c where c.seq = llm_callback_search.seq)`)
    expect(await found('needle', { source: 'llm-callback' })).toEqual(idsOf(rows))
    expect(await search('frequent', { limit: '3' })).toMatchObject({ items: [{}, {}, {}] })
  })
})

test('counting stops at 1,000, and marking what was found marks that and no more', async () => {
  const { db } = testDatabase
  const rows = await insertTexts(['wanted', 'other', 'wanted'])
  const filters = historyFiltersSchema.parse({ q: 'wanted' })
  expect(await countCallbacks(filters, ana, db)).toEqual({ count: 2 })
  const [late] = await insertTexts(['wanted'])
  const { items } = await search('wanted')
  const through = items.find((item) => item.id !== late?.id)?.cursor ?? ''
  expect(await markMatchingAsViewed({ filters, through }, ana, db)).toMatchObject({ count: 2, hasMore: false })
  expect(await found('workflow', { viewed: 'false' })).toEqual([late?.id, rows[1]?.id])
})

test('what is deleted is found no more, and its words are gone', async () => {
  const { db } = testDatabase
  const [row] = await insertTexts(['wanted'])
  await db.execute(sql`delete from llm_callbacks where id = ${row?.id}::uuid`)
  expect(await found('wanted')).toEqual([])
  expect((await db.execute(sql`select from llm_callback_search`)).rowCount).toBe(0)
})

test('a callback is found once it is indexed, which is after it was acknowledged', async () => {
  const { db } = testDatabase
  const { id } = await insertCallback(db, { raw: bodyOf('wanted') })
  expect(await found('wanted')).toEqual([])
  await fill()
  expect(await found('wanted')).toEqual([id])
})
