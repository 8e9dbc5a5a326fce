import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCallbackRaw } from '@/lib/llm-callbacks/get-callback-raw'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

test('a mebibyte of any bytes comes back byte for byte', async () => {
  const raw = randomBytes(1_048_576)
  const { id } = await insertCallback(testDatabase.db, { raw, payloadPreview: '' })
  expect((await getCallbackRaw(id, testDatabase.db))?.equals(raw)).toBe(true)
})

test('an unknown id is null', async () => {
  expect(await getCallbackRaw(llmCallbackIdSchema.parse(randomUUID()), testDatabase.db)).toBeNull()
})
