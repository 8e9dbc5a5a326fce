import { afterAll, beforeAll, expect, test } from 'vitest'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { startFrontDoor } from '../../support/front-door'
import { signed, verdict } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const adminId = '0b0e7d1c-2f0a-4d27-8a3a-3f1d3b9f6a10'
const minutes = (count: number) => count * 60_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('case 65: a clock that jumps an hour ahead and back changes no order, in no list, although ids are made from it', async () => {
  const start = Date.now()
  // An hour ahead, back, and an hour behind.
  const clock = [0, 1, 61, 62, 2, 3, -58, -57].map((offset) => new Date(start + minutes(offset)))
  let tick = 0
  const server = await startFrontDoor(database.url, {
    change: (context) => ({ ...context, now: () => clock[tick] ?? new Date() }),
  })
  const arrived: string[] = []
  for (tick = 0; tick < clock.length; tick++) {
    const { id } = jsonOf(await server.send(signed(verdict())))
    arrived.push(id ?? '')
  }
  await server.stop()

  expect(arrived.toSorted()).not.toEqual(arrived)
  expect((await readRows(database.db)).map(({ id }) => id)).toEqual(arrived)
  const recent = await getRecentCallbacks(null, 20, adminId, database.db)
  expect(recent.items.map(({ id }) => id)).toEqual(arrived)
  const newestFirst: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listCallbacks({ limit: 3, ...(cursor ? { cursor } : {}) }, adminId, database.db)
    newestFirst.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(newestFirst).toEqual(arrived.toReversed())
})
