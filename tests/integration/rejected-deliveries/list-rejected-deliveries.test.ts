import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rejectedDeliveries, rejectedDeliverySamples } from '@/db/schema'
import { listRejectedDeliveries } from '@/lib/rejected-deliveries/list-rejected-deliveries'
import { rejectedDeliveriesSchema } from '@/lib/rejected-deliveries/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'

const now = new Date('2026-03-10T10:30:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.db.execute(sql`truncate rejected_deliveries, rejected_delivery_samples`))
afterAll(() => database.drop())

type Values = Partial<typeof rejectedDeliveries.$inferInsert>
const insert = (periodStart: string, values: Values = {}) =>
  database.db.insert(rejectedDeliveries).values({
    periodStart: new Date(periodStart),
    source: 'llm-callback',
    reason: 'no_secret_matched',
    prefix: 'other',
    count: 1,
    lastSeenAt: new Date(periodStart),
    ...values,
  })
const list = () => listRejectedDeliveries(now, database.db)

/** 24 hours with nothing in them but these. */
const hourly = (counts: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0)

test('where nothing was rejected there is nothing to show', async () => {
  expect(await list()).toEqual({ countedFrom: '2026-03-09T11:00:00.000Z', groups: [], samples: [] })
})

test('each source and reason is one entry, with 24 hours, when last seen and the networks that sent most', async () => {
  await insert('2026-03-10T10:29:00Z', {
    prefix: '192.0.2.0/24',
    count: 5,
    lastSeenAt: new Date('2026-03-10T10:29:31.5Z'),
  })
  await insert('2026-03-10T09:59:00Z', { prefix: '192.0.2.0/24', count: 2 })
  await insert('2026-03-10T09:00:00Z', { count: 40 })
  await insert('2026-03-09T11:00:00Z', { prefix: '2001:db8::/56', count: 3 })
  await insert('2026-03-09T10:59:00Z', { prefix: '198.51.100.0/24', count: 1_000 })
  await insert('2026-03-10T10:10:00Z', { source: '', reason: 'unknown_source', prefix: '192.0.2.0/24', count: 70 })
  const answer = await list()
  expect(answer.groups).toEqual([
    {
      source: null,
      reason: 'unknown_source',
      count: 70,
      hourlyCounts: hourly({ 23: 70 }),
      lastSeenAt: '2026-03-10T10:10:00.000Z',
      topPrefixes: [{ prefix: '192.0.2.0/24', count: 70 }],
    },
    {
      source: 'llm-callback',
      reason: 'no_secret_matched',
      count: 50,
      hourlyCounts: hourly({ 0: 3, 22: 42, 23: 5 }),
      lastSeenAt: '2026-03-10T10:29:31.500Z',
      topPrefixes: [
        { prefix: null, count: 40 },
        { prefix: '192.0.2.0/24', count: 7 },
        { prefix: '2001:db8::/56', count: 3 },
      ],
    },
  ])
  expect(rejectedDeliveriesSchema.parse(answer)).toEqual(answer)
})

test('what was last seen days ago is listed with no count, and after 7 days no more', async () => {
  await insert('2026-03-05T00:00:00Z', { count: 9 })
  await insert('2026-03-02T00:00:00Z', { reason: 'too_large' })
  expect((await list()).groups).toMatchObject([
    { reason: 'no_secret_matched', count: 0, hourlyCounts: hourly({}), topPrefixes: [] },
  ])
})

test('at most five networks are named, those that sent most', async () => {
  for (let n = 1; n <= 7; n++) await insert('2026-03-10T10:00:00Z', { prefix: `10.0.${n}.0/24`, count: n })
  const [group] = (await list()).groups
  expect(group?.topPrefixes.map(({ count }) => count)).toEqual([7, 6, 5, 4, 3])
})

test('a replica whose clock is ahead counts in the hour that has begun', async () => {
  await insert('2026-03-10T10:00:00Z', { count: 1 })
  await insert('2026-03-10T11:02:00Z', { prefix: '192.0.2.0/24', count: 2 })
  expect((await list()).groups).toMatchObject([{ count: 3, hourlyCounts: hourly({ 23: 3 }) }])
})

test('examples are listed newest first', async () => {
  const example = {
    source: '',
    reason: 'unknown_source',
    prefix: 'other',
    path: '/api/webhooks/a',
    bodyBytes: 10_000_000_000,
  }
  await database.db.insert(rejectedDeliverySamples).values([
    { ...example, rejectedAt: new Date('2026-03-03T10:29:00Z') },
    { ...example, rejectedAt: new Date('2026-03-10T10:00:00Z') },
    { ...example, rejectedAt: new Date('2026-03-10T10:00:01Z'), source: 'llm-callback', bodyBytes: null },
  ])
  const answer = await list()
  expect(answer.samples).toEqual([
    { ...example, rejectedAt: '2026-03-10T10:00:01.000Z', source: 'llm-callback', prefix: null, bodyBytes: null },
    { ...example, rejectedAt: '2026-03-10T10:00:00.000Z', source: null, prefix: null },
  ])
  expect(rejectedDeliveriesSchema.parse(answer)).toEqual(answer)
})
