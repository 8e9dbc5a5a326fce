import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { llmCallbacks } from '@/db/schema'
import { foldedFailuresSchema } from '@/lib/llm-callbacks/failures-schemas'
import { foldFailures } from '@/lib/llm-callbacks/fold-failures'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'

let database: TestDatabase
const ana = randomUUID()
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.db.delete(llmCallbacks))
afterAll(() => database.drop())

const insertFailed = (workflowName: string | null, errorMessage: string | null, createdAt = new Date()) =>
  insertCallback(database.db, { status: 'failed', workflowName, errorMessage, createdAt })
const idsOf = (folded: Awaited<ReturnType<typeof foldFailures>>) => folded.groups.map((group) => group.ids)

test('equal failures of one workflow are one group, ids and digits aside, newest group first', async () => {
  const timedOut = await insertFailed(
    'geo',
    `job ${randomUUID()} timed out after 30 s`,
    new Date('2026-01-01T10:00:00Z'),
  )
  const other = await insertFailed('billing', 'job 1 timed out after 30 s')
  const silent = await insertFailed(null, null)
  const again = await insertFailed('geo', `job ${randomUUID()} timed out after 31 s`)
  await insertCallback(database.db)
  const folded = await foldFailures({ handled: false }, ana, database.db)
  expect(foldedFailuresSchema.parse(folded)).toEqual(folded)
  expect(idsOf(folded)).toEqual([[again.id, timedOut.id], [silent.id], [other.id]])
  expect(folded.groups[0]).toMatchObject({
    newest: { id: again.id, viewed: false, handled: null },
    firstSeenAt: '2026-01-01T10:00:00.000Z',
  })
})

test('long errors are compared in full', async () => {
  const same = 'x'.repeat(400)
  const a = await insertFailed('geo', `${same}a`)
  const b = await insertFailed('geo', `${same}b`)
  expect(idsOf(await foldFailures({ handled: false }, ana, database.db))).toEqual([[b.id], [a.id]])
})

test('what is handled has left the open ones for the handled ones', async () => {
  const open = await insertFailed('geo', 'no route')
  const done = await insertFailed('geo', 'no route')
  await markCallbacksAsHandled([done.id], ana, database.db)
  expect(idsOf(await foldFailures({ handled: false }, ana, database.db))).toEqual([[open.id]])
  expect(idsOf(await foldFailures({ handled: true }, ana, database.db))).toEqual([[done.id]])
})
