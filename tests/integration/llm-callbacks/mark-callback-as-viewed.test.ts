import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { llmCallbackReadMarks, llmCallbackViews } from '@/db/schema'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'

let testDatabase: TestDatabase
const ana = randomUUID()
const ben = randomUUID()

beforeEach(async () => {
  testDatabase = await createTestDatabase()
})
afterEach(() => testDatabase.drop())

const views = () => testDatabase.db.select().from(llmCallbackViews)

test('the first call marks it and says so, the second changes nothing, not even the time', async () => {
  const { id } = await insertCallback(testDatabase.db)
  expect(await markCallbackAsViewed(id, ana, testDatabase.db)).toBe(true)
  const before = await views()
  expect(await markCallbackAsViewed(id, ana, testDatabase.db)).toBe(false)
  expect(await views()).toEqual(before)
})

test('of 20 calls at once exactly one marks it', async () => {
  const { id } = await insertCallback(testDatabase.db)
  const answers = await Promise.all(Array.from({ length: 20 }, () => markCallbackAsViewed(id, ana, testDatabase.db)))
  expect(answers.filter(Boolean)).toHaveLength(1)
  expect(await views()).toHaveLength(1)
})

test('only the row of this user is written (case 71)', async () => {
  const { id } = await insertCallback(testDatabase.db)
  await markCallbackAsViewed(id, ana, testDatabase.db)
  expect(await views()).toMatchObject([{ callbackId: id, adminUserId: ana }])
  expect(await markCallbackAsViewed(id, ben, testDatabase.db)).toBe(true)
})

test('an unknown id is a no-op (case 71)', async () => {
  expect(await markCallbackAsViewed(llmCallbackIdSchema.parse(randomUUID()), ana, testDatabase.db)).toBe(false)
  expect(await views()).toEqual([])
})

test('an id that is deleted at the same moment is a no-op too', async () => {
  const { id } = await insertCallback(testDatabase.db)
  let marking: Promise<boolean> = Promise.resolve(true)
  await testDatabase.db.transaction(async (transaction) => {
    await transaction.execute(sql`delete from llm_callbacks where id = ${id}::uuid`)
    marking = markCallbackAsViewed(id, ana, testDatabase.db)
    await expect
      .poll(async () => (await testDatabase.db.execute(sql`select from pg_locks where not granted`)).rows.length)
      .toBeGreaterThan(0)
  })
  expect(await marking).toBe(false)
})

test('one below the mark was viewed already, and opening it is still on record', async () => {
  const { id, seq } = await insertCallback(testDatabase.db)
  await testDatabase.db.insert(llmCallbackReadMarks).values({ adminUserId: ana, viewedThroughSeq: seq })
  expect(await markCallbackAsViewed(id, ana, testDatabase.db)).toBe(false)
  expect(await views()).toHaveLength(1)
})
