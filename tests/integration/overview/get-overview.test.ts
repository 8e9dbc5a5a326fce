import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeStep } from '@/lib/derived/take-step'
import { getOverview } from '@/lib/overview/get-overview'
import { rollUp } from '@/lib/overview/roll-up'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'

const userId = '0190a3f2-7c11-7000-8000-000000000001'
const minuteMs = 60_000
let database: TestDatabase

beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

async function rollUpAll(): Promise<void> {
  while ((await takeStep(rollUp, database.db)) === 'more');
}

async function overview(input: Partial<Parameters<typeof getOverview>[0]> = {}) {
  return getOverview({ range: '24h', ...input }, userId, new Date(), database.db)
}

const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs)

test('the figures are those of the callbacks, each in its bucket, verdicts alone with duration, tokens and cost', async () => {
  const { db } = database
  const verdict = { durationMs: 1_000, tokensTotal: 100, costUsd: '0.1', createdAt: ago(40) }
  await insertCallback(db, verdict)
  await insertCallback(db, { ...verdict, costUsd: '0.2', createdAt: ago(100) })
  await insertCallback(db, { ...verdict, status: 'failed', workflowName: 'billing', durationMs: 4_000 })
  await insertCallback(db, { status: 'in_progress', stepId: 'one', durationMs: 1, tokensTotal: 7, costUsd: '9' })
  await insertCallback(db, { status: 'unknown', payloadState: 'quarantined', workflowName: null })
  await insertCallback(db, { ...verdict, createdAt: ago(36 * 60) })
  await rollUpAll()
  const { totals, previousTotals, buckets, workflows, unviewedCount } = await overview()
  expect(totals.counts).toMatchObject({ completed: 2, failed: 1, in_progress: 1, quarantined: 1, unknown: 0 })
  expect(totals).toMatchObject({ tokensTotal: 300, costUsd: '0.4' })
  expect(totals.durationP50Ms).toBeGreaterThan(950)
  expect(totals.durationP50Ms).toBeLessThan(1_050)
  expect(totals.durationP95Ms).toBeGreaterThan(3_800)
  expect(previousTotals.counts.completed).toBe(1)
  expect(buckets).toHaveLength(48)
  expect(buckets.reduce((sum, { counts }) => sum + counts.completed, 0)).toBe(2)
  expect(buckets.filter(({ counts }) => counts.completed > 0)).toHaveLength(2)
  expect(workflows.map(({ workflowName, runs }) => [workflowName, runs])).toEqual([
    ['emergency_contacts', 2],
    ['billing', 1],
    [null, 0],
  ])
  expect(unviewedCount).toBe(6)
})

test.each(['1h', '24h', '7d', '30d'] as const)('of %s the sums are those of a query over the rows', async (range) => {
  const { db } = database
  await db.execute(sql`
    insert into llm_callbacks (id, source, callback_id, delivery_key, content_digest, event_type, status, workflow_name,
      raw, payload_state, signature_valid, duration_ms, cost_usd, created_at)
    select gen_random_uuid(), 'llm-callback', n::text, sha256(n::text::bytea), sha256('x'), 'workflow.completed',
      case when n % 7 = 0 then 'failed' else 'completed' end, 'workflow_' || n % 9, 'x', 'stored', true,
      n * 37 % 90000, n * 0.0001, now() - (3000 - n) * interval '33 minutes'
    from generate_series(1, 3000) n`)
  await rollUpAll()
  const { from, totals, workflows } = await overview({ range })
  const { rows } = await db.execute<{ all: number; failed: number; cost: string; workflows: number }>(sql`
    select count(*)::int as all, (count(*) filter (where status = 'failed'))::int as failed,
      sum(cost_usd)::text as cost, count(distinct workflow_name)::int as workflows
    from llm_callbacks where created_at >= ${from}::timestamptz`)
  expect(totals.counts.completed + totals.counts.failed).toBe(rows[0]?.all)
  expect(totals.counts.failed).toBe(rows[0]?.failed)
  expect(totals.costUsd).toBe(rows[0]?.cost)
  expect(workflows).toHaveLength(rows[0]?.workflows ?? -1)
})

test('source and workflow narrow everything down', async () => {
  await insertCallback(database.db, { workflowName: 'a' })
  await insertCallback(database.db, { workflowName: 'b' })
  await insertCallback(database.db, { workflowName: 'b', status: 'failed' })
  await rollUpAll()
  const { totals, workflows } = await overview({ workflow: 'b' })
  expect(totals.counts).toMatchObject({ completed: 1, failed: 1 })
  expect(workflows.map(({ workflowName }) => workflowName)).toEqual(['b'])
  expect((await overview({ source: 'other' })).totals.counts.completed).toBe(0)
})

test('durations that no sender should report stop nothing', async () => {
  for (const durationMs of [0, -5, Number.MAX_SAFE_INTEGER]) await insertCallback(database.db, { durationMs })
  await rollUpAll()
  expect((await overview()).totals.counts.completed).toBe(3)
})

test('buckets are kept for their range and the one before, and no longer', async () => {
  await insertCallback(database.db, { createdAt: ago(3 * 60) })
  await rollUpAll()
  await database.db.execute(sql`update llm_callback_rollups set starts_at = starts_at - interval '70 days'`)
  await insertCallback(database.db)
  await rollUpAll()
  const { rows } = await database.db.execute<{ seconds: number }>(
    sql`select bucket_seconds as seconds from llm_callback_rollups order by 1`,
  )
  expect(rows.map(({ seconds }) => seconds)).toEqual([60, 1_800, 10_800, 43_200])
})
