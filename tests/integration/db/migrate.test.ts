import { readFileSync } from 'node:fs'
import path from 'node:path'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { afterEach, expect, test } from 'vitest'
import { migrateDown, migrateUp, migrationStatus } from '@/db/migrate'
import * as schema from '@/db/schema'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'
import { dumpSchema } from '../../support/dump-schema'

let database: TestDatabase
afterEach(() => database.drop())

test('up, down, up leaves the same schema as up', async () => {
  database = await createTestDatabase('empty')
  const names = await migrateUp(database.url, migrationsFolder)
  expect(names).toEqual([
    '0030_add_auth_tables',
    '0031_add_llm_callbacks_tables',
    '0032_add_sources_tables',
    '0033_add_rejected_deliveries',
    '0034_add_llm_callback_tombstones',
    '0035_add_sign_in_limits',
    '0036_add_handled_and_saved_views',
    '0037_add_derived_data',
    '0038_add_rollups',
    '0039_add_owners',
    '0040_notify_without_the_rows',
    '0041_take_the_feed_turn_late',
    '0042_keep_secrets_of_sources',
    '0043_add_fetched_results',
  ])
  const before = await dumpSchema(database.db)
  expect(await migrateDown(database.url, migrationsFolder, names.length)).toEqual(names.toReversed())
  expect(await dumpSchema(database.db)).not.toContain('llm_callbacks')
  expect(await migrateUp(database.url, migrationsFolder)).toEqual(names)
  expect(await dumpSchema(database.db)).toBe(before)
})

test('four runners at once apply each migration once, and all succeed', async () => {
  database = await createTestDatabase('empty')
  const runs = await Promise.all(Array.from({ length: 4 }, () => migrateUp(database.url, migrationsFolder)))
  expect(runs.flat().sort()).toEqual([
    '0030_add_auth_tables',
    '0031_add_llm_callbacks_tables',
    '0032_add_sources_tables',
    '0033_add_rejected_deliveries',
    '0034_add_llm_callback_tombstones',
    '0035_add_sign_in_limits',
    '0036_add_handled_and_saved_views',
    '0037_add_derived_data',
    '0038_add_rollups',
    '0039_add_owners',
    '0040_notify_without_the_rows',
    '0041_take_the_feed_turn_late',
    '0042_keep_secrets_of_sources',
    '0043_add_fetched_results',
  ])
  const status = await migrationStatus(database.url, migrationsFolder)
  expect(status.every((migration) => migration.appliedAt instanceof Date)).toBe(true)
})

test('the migrations make the committed schema', async () => {
  database = await createTestDatabase()
  await expect(await dumpSchema(database.db)).toMatchFileSnapshot('../../../drizzle/schema.snapshot.txt')
})

test('a migration that fails keeps nothing, and says which and why', async () => {
  database = await createTestDatabase('empty')
  await database.db.$client.query('create table llm_callbacks ()')
  await expect(migrateUp(database.url, migrationsFolder)).rejects.toThrow(
    /0031_add_llm_callbacks_tables \(up\) failed, nothing of it was kept: .*already exists/,
  )
  const status = await migrationStatus(database.url, migrationsFolder)
  expect(status.filter((migration) => migration.appliedAt).map(({ name }) => name)).toEqual(['0030_add_auth_tables'])
})

test('what a person ran in an SQL editor is known to the runner: 0031 alone, then the rest', async () => {
  database = await createTestDatabase('empty')
  const alone = readFileSync(path.join(migrationsFolder, '0031_add_llm_callbacks_tables.sql'), 'utf8')
  await database.db.$client.query(alone)
  expect(await migrateUp(database.url, migrationsFolder)).toEqual([
    '0030_add_auth_tables',
    '0032_add_sources_tables',
    '0033_add_rejected_deliveries',
    '0034_add_llm_callback_tombstones',
    '0035_add_sign_in_limits',
    '0036_add_handled_and_saved_views',
    '0037_add_derived_data',
    '0038_add_rollups',
    '0039_add_owners',
    '0040_notify_without_the_rows',
    '0041_take_the_feed_turn_late',
    '0042_keep_secrets_of_sources',
    '0043_add_fetched_results',
  ])
})

test('the Drizzle schema names exactly the columns that the migrations make', async () => {
  database = await createTestDatabase()
  const inDatabase = await database.db.$client.query<{ name: string }>(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' order by 1",
  )
  const inDrizzle = Object.values(schema).flatMap((table) => {
    const { name, columns } = getTableConfig(table)
    return columns.map((column) => `${name}.${column.name}`)
  })
  expect(inDrizzle.sort()).toEqual(inDatabase.rows.map((row) => row.name).sort())
})

test('a database that can’t be reached is named by its host, never by its password', async () => {
  database = await createTestDatabase('empty')
  const unreachable = migrateUp('postgres://callboard:canary@127.0.0.1:1/callboard', migrationsFolder)
  await expect(unreachable).rejects.toThrow('PostgreSQL at 127.0.0.1:1 could not be reached: connect ECONNREFUSED')
})

test('a role that owns nothing starts on a migrated database: with nothing to apply, nothing is created', async () => {
  database = await createTestDatabase()
  await database.db.$client.query(`
    do $$ begin create role tenant login password 'tenant' bypassrls; exception when duplicate_object then null; end $$;
    revoke create on schema public from public;
    grant select, insert, update, delete on all tables in schema public to tenant;`)
  const url = new URL(database.url)
  url.username = 'tenant'
  url.password = 'tenant'
  expect(await migrateUp(url.href, migrationsFolder)).toEqual([])
})
