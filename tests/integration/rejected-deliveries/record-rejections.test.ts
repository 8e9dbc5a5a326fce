import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@/db/client'
import { rejectedDeliveries, rejectedDeliverySamples } from '@/db/schema'
import { expireRejections } from '@/lib/rejected-deliveries/expire-rejections'
import { recordRejections, rejectionsLockKey } from '@/lib/rejected-deliveries/record-rejections'
import type { TallyBatch, TallyCount, TallySample } from '@/lib/rejected-deliveries/tally'
import { createTestDatabase, type TestDatabase } from '../../support/database'

const now = new Date('2026-03-10T10:30:00Z')
const minute = (text: string) => Date.parse(`${text}Z`)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.db.execute(sql`truncate rejected_deliveries, rejected_delivery_samples`))
afterAll(() => database.drop())

const countOf = (change: Partial<TallyCount> = {}): TallyCount => {
  const periodStart = change.periodStart ?? minute('2026-03-10T10:30:00')
  return {
    source: 'llm-callback',
    reason: 'no_secret_matched',
    prefix: '192.0.2.0/24',
    count: 1,
    lastSeenAt: periodStart + 1_000,
    ...change,
    periodStart,
  }
}
const sampleOf = (n: number): TallySample => ({
  source: '',
  reason: 'unknown_source',
  prefix: 'other',
  rejectedAt: now.getTime() + n,
  path: `/api/webhooks/${n}`,
  bodyBytes: null,
})
/** Networks from one number up to another. */
const networks = (from: number, to: number, change: Partial<TallyCount> = {}) =>
  Array.from({ length: to - from }, (_, n) =>
    countOf({ prefix: `10.${(from + n) >> 8}.${(from + n) & 255}.0/24`, ...change }),
  )

const record = (batch: Partial<TallyBatch>, at = now) =>
  recordRejections(database.db, { counts: [], samples: [], ...batch }, at)
const rows = () => database.db.select().from(rejectedDeliveries).orderBy(sql`period_start, source, reason, prefix`)
const totals = async () => {
  const { rows: found } = await database.db.execute(sql`
    select source, reason, date_trunc('hour', period_start, 'UTC')::text as hour, sum(count)::int as count
    from rejected_deliveries group by 1, 2, 3 order by 1, 2, 3`)
  return found
}

describe('counts', () => {
  test('what several replicas counted under one key adds up, and the last sight is the latest', async () => {
    await record({ counts: [countOf({ count: 3, lastSeenAt: minute('2026-03-10T10:30:40') })] })
    await record({ counts: [countOf({ count: 4, lastSeenAt: minute('2026-03-10T10:30:20') })] })
    expect(await rows()).toEqual([
      {
        periodStart: new Date('2026-03-10T10:30:00Z'),
        source: 'llm-callback',
        reason: 'no_secret_matched',
        prefix: '192.0.2.0/24',
        count: 7,
        lastSeenAt: new Date('2026-03-10T10:30:40Z'),
      },
    ])
  })

  test('at most 1,000 rows name a network: the oldest are folded into the other of their hour, and totals stay exact', async () => {
    await record({ counts: networks(0, 600, { periodStart: minute('2026-03-10T09:58:00'), count: 2 }) })
    await record({
      counts: networks(0, 300, { periodStart: minute('2026-03-10T10:20:00'), reason: 'signature_missing' }),
    })
    await record({ counts: networks(300, 400) })
    await record({ counts: networks(400, 500) })
    const named = (await rows()).filter(({ prefix }) => prefix !== 'other')
    expect(named).toHaveLength(1_000)
    expect(named.filter(({ periodStart }) => periodStart < new Date('2026-03-10T10:00:00Z'))).toHaveLength(500)
    expect((await rows()).filter(({ prefix }) => prefix === 'other')).toMatchObject([
      { periodStart: new Date('2026-03-10T09:00:00Z'), reason: 'no_secret_matched', count: 200 },
    ])
    expect(await totals()).toMatchObject([
      { reason: 'no_secret_matched', count: 1_200 },
      { reason: 'no_secret_matched', count: 200 },
      { reason: 'signature_missing', count: 300 },
    ])
  })

  test('one write displaces at most 100 rows: of more new networks those that sent most get a name', async () => {
    await record({ counts: networks(0, 1_000, { periodStart: minute('2026-03-10T09:58:00') }) })
    await record({ counts: [...networks(2_000, 2_500), ...networks(3_000, 3_100, { count: 5 })] })
    const recent = (await rows()).filter(({ periodStart }) => periodStart >= new Date('2026-03-10T10:00:00Z'))
    expect(recent.map(({ prefix, count }) => [prefix === 'other', count]).sort()).toEqual([
      ...Array(100).fill([false, 5]),
      [true, 500],
    ])
    expect((await rows()).filter(({ prefix }) => prefix !== 'other')).toHaveLength(1_000)
    expect(await totals()).toMatchObject([{ count: 1_000 }, { count: 1_000 }])
  })

  test('of one minute the networks that sent most keep their name', async () => {
    await record({ counts: [...networks(0, 999), countOf({ count: 50 })] })
    for (let n = 0; n < 12; n++) await record({ counts: networks(2_000 + n * 100, 2_100 + n * 100, { count: 2 }) })
    expect(await rows()).toContainEqual(expect.objectContaining({ prefix: '192.0.2.0/24', count: 50 }))
    expect((await rows()).filter(({ prefix }) => prefix !== 'other')).toHaveLength(1_000)
  })

  test('a row that is added to is not folded by the same write', async () => {
    await record({ counts: networks(0, 1_000, { periodStart: minute('2026-03-10T10:29:00') }) })
    await record({
      counts: [...networks(0, 10, { periodStart: minute('2026-03-10T10:29:00') }), ...networks(0, 1_000)],
    })
    expect((await rows()).reduce((sum, { count }) => sum + count, 0)).toBe(2_010)
    expect((await rows()).filter(({ count, prefix }) => count === 2 && prefix !== 'other')).toHaveLength(10)
  })

  test('hours of the last day stay apart, older ones become one day: a week of floods is few rows', async () => {
    for (let hour = 0; hour < 7 * 24; hour++) {
      const periodStart = minute('2026-03-03T11:00:00') + hour * 3_600_000
      await record({ counts: [countOf({ periodStart, prefix: 'other', count: 10 })] }, new Date(periodStart))
    }
    const found = await rows()
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(1_680)
    expect(found.length).toBeLessThanOrEqual(25 + 7)
    const lastDay = found.filter(({ periodStart }) => periodStart >= new Date('2026-03-09T11:00:00Z'))
    expect(lastDay.map(({ count }) => count)).toEqual(Array(24).fill(10))
  })

  test('what was counted while the database was away for days goes where its day is', async () => {
    await record({ counts: [countOf({ periodStart: minute('2026-03-06T05:00:00'), prefix: 'other' })] })
    await record({ counts: [countOf({ periodStart: minute('2026-03-06T07:00:00'), prefix: 'other' })] })
    expect(await rows()).toMatchObject([{ periodStart: new Date('2026-03-06T00:00:00Z'), count: 2 }])
  })
})

test('the newest 200 examples are kept', async () => {
  for (let n = 0; n < 230; n += 20)
    await record({ samples: Array.from({ length: 20 }, (_, index) => sampleOf(n + index)) })
  const samples = await database.db.select().from(rejectedDeliverySamples).orderBy(rejectedDeliverySamples.id)
  expect(samples.map(({ path }) => path)).toEqual(Array.from({ length: 200 }, (_, n) => `/api/webhooks/${n + 40}`))
})

test('a replica whose turn it is not writes nothing, and does not wait', async () => {
  await record({
    counts: [countOf({ prefix: 'other', periodStart: minute('2026-03-08T10:00:00') })],
    samples: [sampleOf(1)],
  })
  const before = await rows()
  const client = await database.db.$client.connect()
  await client.query('begin')
  await client.query(`select pg_advisory_xact_lock(${rejectionsLockKey})`)
  expect(await record({ counts: networks(0, 1_000), samples: [sampleOf(2)] })).toBe(false)
  expect(await expireRejections(database.db, new Date('2027-01-01T00:00:00Z'))).toBe(false)
  await client.query('rollback')
  client.release()
  expect(await rows()).toEqual(before)
  expect(await database.db.select().from(rejectedDeliverySamples)).toHaveLength(1)
})

test('four replicas that write and fold at once neither lose nor double a count, and none fails', async () => {
  const replicas = Array.from({ length: 4 }, () => createDatabase(database.url, { connectionsMax: 1 }))
  const rounds = 15
  const work = replicas.map(async (db, replica) => {
    for (let round = 0; round < rounds; round++) {
      const batch = {
        counts: networks(replica * 150 + round * 40, replica * 150 + round * 40 + 400),
        samples: [sampleOf(round)],
      }
      while (!(await recordRejections(db, batch, now))) {
        // Another one's turn.
      }
    }
  })
  await Promise.all(work)
  await Promise.all(replicas.map((db) => db.$client.end()))
  expect(await totals()).toMatchObject([{ count: 4 * rounds * 400 }])
  // Each of the other three may have written since this one looked.
  expect((await rows()).length).toBeLessThanOrEqual(1_000 + 3 * 400 + 1)
})

test('what was last seen more than 7 days ago is deleted, and nothing else', async () => {
  const weekAgo = minute('2026-03-03T10:30:00')
  await record({ counts: [countOf({ periodStart: weekAgo - 60_000, lastSeenAt: weekAgo - 1 })] })
  await record({ counts: [countOf({ periodStart: weekAgo, lastSeenAt: weekAgo })] })
  await record({
    samples: [
      { ...sampleOf(0), rejectedAt: weekAgo - 1 },
      { ...sampleOf(1), rejectedAt: weekAgo },
    ],
  })
  expect(await expireRejections(database.db, now)).toBe(true)
  expect(await rows()).toMatchObject([{ lastSeenAt: new Date(weekAgo) }])
  expect(await database.db.select().from(rejectedDeliverySamples)).toMatchObject([{ path: '/api/webhooks/1' }])
})
