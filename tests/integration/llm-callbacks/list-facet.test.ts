import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { facetSchema } from '@/lib/llm-callbacks/facet-schemas'
import { listFacet } from '@/lib/llm-callbacks/list-facet'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertManyCallbacks } from '../../support/insert-callback'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await insertCallback(database.db, {
    workflowName: 'Old and rare',
    source: 'openai',
    signatureScheme: null,
    eventType: null,
  })
  await insertManyCallbacks(database.db, 10_500)
  await database.db.execute(sql`update llm_callbacks set workflow_name = 'nightly' where seq % 2 = 0`)
})
afterAll(() => database.drop())

test('the most frequent among the newest come first, with how many there are of each', async () => {
  const answer = await listFacet({ field: 'workflow' }, database.db)
  expect(facetSchema.parse(answer)).toEqual(answer)
  expect(answer.values).toHaveLength(50)
  expect(answer.values[0]).toEqual({ value: 'nightly', count: 5_000 })
})

test('a value that is older than all that is counted is found, whatever the case', async () => {
  const answer = await listFacet({ field: 'workflow', contains: 'AND RARE' }, database.db)
  expect(answer.values).toEqual([{ value: 'Old and rare', count: 0 }])
  expect((await listFacet({ field: 'source' }, database.db)).values).toEqual([
    { value: 'llm-callback', count: 10_000 },
    { value: 'openai', count: 0 },
  ])
})

test('no value is no value to choose, and what contains nothing of that kind offers none', async () => {
  expect((await listFacet({ field: 'scheme' }, database.db)).values).toEqual([])
  expect((await listFacet({ field: 'event', contains: '%' }, database.db)).values).toEqual([])
  expect((await listFacet({ field: 'event' }, database.db)).values.map(({ value }) => value)).toEqual([
    'workflow.completed',
    'workflow.failed',
  ])
})
