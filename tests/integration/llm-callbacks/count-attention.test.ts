import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rejectedDeliveries } from '@/db/schema'
import { attentionSchema } from '@/lib/llm-callbacks/attention-schemas'
import { countAttention } from '@/lib/llm-callbacks/count-attention'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markCallbacksAsUnhandled } from '@/lib/llm-callbacks/mark-callbacks-as-unhandled'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks } from '../../support/insert-callback'

const now = new Date('2026-03-10T10:30:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.db.execute(sql`truncate llm_callbacks, rejected_deliveries cascade`))
afterAll(() => database.drop())

const insertRejected = (periodStart: string, count: number, prefix = 'other') =>
  database.db.insert(rejectedDeliveries).values({
    periodStart: new Date(periodStart),
    source: 'llm-callback',
    reason: 'no_secret_matched',
    prefix,
    count,
    lastSeenAt: new Date(periodStart),
  })

test('nothing needs attention where nothing is', async () => {
  expect(await countAttention(now, database.db)).toEqual({ failed: 0, quarantined: 0, changed: 0, rejected: 0 })
})

test('each kind is counted for itself, the rejected of 24 hours', async () => {
  await insertCallbacks(database.db, 3, { status: 'failed' })
  await insertCallbacks(database.db, 2, { payloadState: 'quarantined', status: 'unknown', conditions: ['not_json'] })
  await insertCallback(database.db, { conditions: ['variant', 'nul'] })
  await insertCallbacks(database.db, 4, { conditions: ['clock_skew'] })
  await insertRejected('2026-03-09T11:00:00Z', 5)
  await insertRejected('2026-03-10T10:29:00Z', 6, '192.0.2.0/24')
  await insertRejected('2026-03-09T10:59:00Z', 100, '192.0.2.0/24')
  const attention = await countAttention(now, database.db)
  expect(attention).toEqual({ failed: 3, quarantined: 2, changed: 1, rejected: 11 })
  expect(attentionSchema.parse(attention)).toEqual(attention)
})

test('what the team has handled is not counted', async () => {
  const failed = await insertCallbacks(database.db, 2, { status: 'failed' })
  const { id } = await insertCallback(database.db, { conditions: ['variant'] })
  await markCallbacksAsHandled([id, ...failed.map((row) => row.id).slice(1)], randomUUID(), database.db)
  expect(await countAttention(now, database.db)).toMatchObject({ failed: 1, changed: 0 })
  await markCallbacksAsUnhandled([id], database.db)
  expect(await countAttention(now, database.db)).toMatchObject({ failed: 1, changed: 1 })
})

test('each count stops at 1,000', async () => {
  await database.db.execute(sql`
    insert into llm_callbacks
      (id, source, delivery_key, content_digest, status, raw, payload_state, conditions, signature_valid)
    select gen_random_uuid(), 'llm-callback', sha256(n::text::bytea), '', 'failed', '', 'quarantined', '{variant}', true
    from generate_series(1, 1001) n`)
  await insertRejected('2026-03-10T10:00:00Z', 5_000_000_000)
  expect(await countAttention(now, database.db)).toEqual({
    failed: 1_000,
    quarantined: 1_000,
    changed: 1_000,
    rejected: 1_000,
  })
})
