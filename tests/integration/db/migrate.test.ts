import { afterEach, expect, test } from 'vitest'
import { migrateDown, migrateUp, migrationStatus } from '@/db/migrate'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'

let database: TestDatabase
afterEach(() => database.drop())

test('up, down, up leaves the same schema as up', async () => {
  database = await createTestDatabase('empty')
  const names = await migrateUp(database.url, migrationsFolder)
  expect(names).toEqual(['0030_add_auth_tables', '0031_add_llm_callbacks_tables', '0032_add_sources_tables'])
  expect(await migrateDown(database.url, migrationsFolder, names.length)).toEqual(names.toReversed())
  expect(await migrateUp(database.url, migrationsFolder)).toEqual(names)
})

test('four runners at once apply each migration once, and all succeed', async () => {
  database = await createTestDatabase('empty')
  const runs = await Promise.all(Array.from({ length: 4 }, () => migrateUp(database.url, migrationsFolder)))
  expect(runs.flat().sort()).toEqual([
    '0030_add_auth_tables',
    '0031_add_llm_callbacks_tables',
    '0032_add_sources_tables',
  ])
  const status = await migrationStatus(database.url, migrationsFolder)
  expect(status.every((migration) => migration.appliedAt instanceof Date)).toBe(true)
})
