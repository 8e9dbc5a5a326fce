import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countCallbacks } from '@/lib/llm-callbacks/count-callbacks'
import { matchCountSchema } from '@/lib/llm-callbacks/count-schemas'
import { historyFiltersSchema } from '@/lib/llm-callbacks/history-schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertManyCallbacks } from '../../support/insert-callback'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await insertManyCallbacks(database.db, 1_500)
})
afterAll(() => database.drop())

test.each([
  ['exactly what matches', { job: 'job_70' }, 7],
  ['what is excluded too', { event: '!workflow.completed' }, 7],
  ['nothing', { workflow: 'none' }, 0],
  ['no further than 1,000', {}, 1_000],
  ['no further than 1,000 of the unviewed', { viewed: 'false' }, 1_000],
])('it counts %s', async (_, query, count) => {
  const answer = await countCallbacks(historyFiltersSchema.parse(query), randomUUID(), database.db)
  expect(matchCountSchema.parse(answer)).toEqual({ count })
})
