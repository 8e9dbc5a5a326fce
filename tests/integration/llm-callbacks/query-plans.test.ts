import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '@/db/client'
import { llmCallbackReadMarks } from '@/db/schema'
import { takeStep } from '@/lib/derived/take-step'
import { countAttention } from '@/lib/llm-callbacks/count-attention'
import { countCallbacks } from '@/lib/llm-callbacks/count-callbacks'
import { readFeedEpoch } from '@/lib/llm-callbacks/feed/feed-epoch'
import { readFeedSpan, readFeedTail } from '@/lib/llm-callbacks/feed/read-feed'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { historyFiltersSchema, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertManyCallbacks } from '../../support/insert-callback'

/** PLAN_ROWS=1000000 asks the same of a million, which takes minutes to make. */
const rowCount = Number(process.env.PLAN_ROWS ?? 20_000)
const loadMsMax = 900_000
const withoutMark = randomUUID()
const withMark = randomUUID()
let testDatabase: TestDatabase
let epoch: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const { db } = testDatabase
  await insertManyCallbacks(db, rowCount)
  await db.insert(llmCallbackReadMarks).values({ adminUserId: withMark, viewedThroughSeq: rowCount - 10 })
  await db.execute(sql`
    insert into llm_callback_views (callback_id, admin_user_id, seq)
    select id, admin::uuid, seq from llm_callbacks, unnest(array[${withMark}, ${withoutMark}]) admin where seq % 10 = 0`)
  await db.execute(sql`
    insert into llm_callback_search (seq, words)
    select seq, array_to_tsvector(array(
      select seq / 1024 || ':' || word
      from unnest(array['common', 'row' || seq, case when seq % 5000 = 7 then 'rare' else 'other' end]) word))
    from llm_callbacks`)
  await db.execute(sql`analyze`)
  epoch = await readFeedEpoch(db)
}, loadMsMax)
afterAll(() => testDatabase.drop())

/** The plan, as executed, of the last statement that a verb sends. */
async function planOf(verb: (db: Database) => Promise<unknown>): Promise<string> {
  const { db } = testDatabase
  const execute = vi.spyOn(db, 'execute')
  await verb(db)
  const statement = execute.mock.lastCall?.[0] as SQL
  execute.mockRestore()
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`explain (analyze) ${statement}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

function expectIndex(plan: string, index: string): void {
  expect(plan).toContain(index)
  expect(plan).not.toMatch(/Seq Scan on (llm_callbacks|llm_callback_views)/)
  // Hashed, all views of an admin would be read for one page.
  expect(plan).not.toContain('hashed SubPlan')
}

const anHourTenDaysAgo = () => {
  const from = Date.now() - 10 * 86_400_000
  return { from: new Date(from).toISOString(), to: new Date(from + 3_600_000).toISOString() }
}

describe('history', () => {
  test.each([
    ['llm_callbacks_seq_key', {}],
    ['llm_callbacks_seq_key', { cursor: '0123456789abcdef.10000' }],
    ['llm_callbacks_seq_key', { status: 'completed', source: 'llm-callback' }],
    ['llm_callbacks_seq_key', { viewed: 'false' }],
    ['llm_callbacks_seq_key', { viewed: 'true' }],
    ['llm_callbacks_status_seq_idx', { status: 'failed' }],
    ['llm_callbacks_workflow_name_seq_idx', { workflow: 'workflow_7' }],
    ['llm_callbacks_workflow_name_seq_idx', { workflow: 'workflow_7,workflow_9' }],
    ['llm_callbacks_event_type_seq_idx', { event: 'workflow.failed' }],
    ['llm_callbacks_external_job_id_seq_idx', { job: 'job_70' }],
    ['llm_callbacks_conditions_seq_idx', { condition: 'clock_skew' }],
    ['llm_callbacks_conditions_seq_idx', { condition: 'clock_skew,quarantined,variant' }],
    ['llm_callbacks_quarantined_seq_idx', { condition: 'quarantined' }],
    ['llm_callbacks_variant_seq_idx', { condition: 'variant' }],
    ['llm_callbacks_created_at_idx', anHourTenDaysAgo()],
    ['llm_callbacks_pkey', { ids: randomUUID() }],
  ])('%s serves %j', async (index, query) => {
    const input = historyInputSchema.parse(query)
    expectIndex(await planOf((db) => listCallbacks(input, withoutMark, db)), index)
  })
})

describe('search', () => {
  test.each([
    [{ q: 'common' }],
    [{ q: 'rare' }],
    [{ q: 'nowhere' }],
    [{ q: 'common rare' }],
    [{ q: 'row12345' }],
    [{ q: 'common', cursor: '0123456789abcdef.10000' }],
    [{ q: 'common', cursor: '0123456789abcdef.10000', direction: 'newer' }],
    [{ q: 'common', status: 'failed' }],
    [{ q: 'rare', workflow: 'workflow_7', status: 'completed' }],
    [{ q: 'common', viewed: 'false' }],
    [{ q: 'common', handled: 'false', status: 'failed' }],
    [{ q: 'common', job: 'job_70' }],
    [{ q: 'common', ...anHourTenDaysAgo() }],
    [{ q: '7f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e5f' }],
    [{ q: 'nowhere', from: anHourTenDaysAgo().from }],
  ])('llm_callback_search_words_idx serves %j', async (query) => {
    const input = historyInputSchema.parse(query)
    const plan = await planOf((db) => listCallbacks(input, withoutMark, db))
    expectIndex(plan, 'llm_callback_search_words_idx')
    expect(plan).not.toContain('Seq Scan on llm_callback_search')
  })

  test('reads as many blocks as it takes: one for a common word, all for one that is nowhere', async () => {
    const blocks = Math.ceil(rowCount / 1_024)
    const searches = async (q: string) => {
      const plan = await planOf((db) => listCallbacks(historyInputSchema.parse({ q }), withoutMark, db))
      return Number(/llm_callback_search_words_idx .*loops=(\d+)/.exec(plan)?.[1])
    }
    expect(await searches('common')).toBe(1)
    expect(await searches('nowhere')).toBe(blocks)
  })

  test('counting stops with the thousandth, in the newest blocks', async () => {
    const plan = await planOf((db) => countCallbacks(historyFiltersSchema.parse({ q: 'common' }), withoutMark, db))
    expectIndex(plan, 'llm_callback_search_words_idx')
    expect(Number(/llm_callback_search_words_idx .*loops=(\d+)/.exec(plan)?.[1])).toBeLessThanOrEqual(2)
  })
})

test('llm_callbacks_seq_key serves a step of a follower, which reads no more than the step takes', async () => {
  const { db } = testDatabase
  const statements: SQL[] = []
  vi.spyOn(db, 'transaction').mockImplementationOnce(async (work) => {
    const execute = (statement: SQL) => {
      statements.push(statement)
      return db.execute(statement)
    }
    return work(Object.assign(Object.create(db), { execute }))
  })
  await takeStep({ name: 'plans', consume: async () => {} }, db)
  const read = statements.at(-2) as SQL
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`explain (analyze) ${read}`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expectIndex(plan, 'llm_callbacks_seq_key')
  expect(plan).not.toContain('Sort')
})

describe('check', () => {
  test.each([
    ['without a mark', withoutMark],
    ['with a mark near the head', withMark],
  ])('llm_callbacks_seq_key serves an admin %s, with and without a cursor', async (_, userId) => {
    for (const after of [null, `${epoch}.${rowCount - 30}`]) {
      expectIndex(await planOf((db) => getRecentCallbacks(after, 20, userId, db)), 'llm_callbacks_seq_key')
    }
  })
})

describe('feed', () => {
  test('llm_callbacks_seq_key serves the poll and the look back', async () => {
    const seq = rowCount - 30
    expectIndex(await planOf((db) => readFeedTail({ epoch, seq }, 500, db)), 'llm_callbacks_seq_key')
    const span = { epoch, after: seq, through: rowCount, itemsMax: 51 }
    expectIndex(await planOf((db) => readFeedSpan(span, db)), 'llm_callbacks_seq_key')
  })
})

test('each count of what needs attention reads its own index and stops at 1,000', async () => {
  const plan = await planOf((db) => countAttention(new Date(), db))
  for (const index of ['status_seq_idx', 'quarantined_seq_idx', 'variant_seq_idx']) {
    expectIndex(plan, `llm_callbacks_${index}`)
  }
})

test('the primary keys and llm_callbacks_variant_of_idx serve the detail', async () => {
  const { items } = await getRecentCallbacks(null, 1, withoutMark, testDatabase.db)
  const id = llmCallbackIdSchema.parse(items[0]?.id)
  expectIndex(await planOf((db) => getCallbackById(id, withoutMark, db)), 'llm_callbacks_variant_of_idx')
})
