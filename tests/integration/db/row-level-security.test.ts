import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDatabase, UnsafeDatabaseError } from '@/db/check-database'
import { createDatabase } from '@/db/client'
import { migrateUp } from '@/db/migrate'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'

let database: TestDatabase

/** As Supabase sets a project up: two API roles that get everything in "public" by default. */
beforeAll(async () => {
  database = await createTestDatabase('empty')
  await database.db.$client.query(`
    do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'anon') then
        create role anon nologin noinherit;
        create role authenticated nologin noinherit;
        create role app_reader login password 'reads-nothing' noinherit;
      end if;
    end $$;
    grant usage on schema public to anon, authenticated;
    alter default privileges in schema public grant all on tables to anon, authenticated;
    alter default privileges in schema public grant all on sequences to anon, authenticated;
    alter default privileges in schema public grant all on functions to anon, authenticated;`)
  await migrateUp(database.url, migrationsFolder)
})
afterAll(() => database.drop())

async function tableNames(): Promise<string[]> {
  const { rows } = await database.db.$client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  return rows.map((row) => row.name)
}

test.each(['anon', 'authenticated'])('Supabase’s role %s can neither read nor write any table', async (role) => {
  const names = await tableNames()
  expect(names.length).toBeGreaterThan(10)
  const client = await database.db.$client.connect()
  try {
    await client.query(`set role ${role}`)
    for (const name of names) {
      await expect(client.query(`select * from ${name}`)).rejects.toMatchObject({ code: '42501' })
      await expect(client.query(`delete from ${name}`)).rejects.toMatchObject({ code: '42501' })
    }
  } finally {
    await client.query('reset role')
    client.release()
  }
})

test('even where the tables are granted to a role again, row level security shows it no row', async () => {
  await database.db.$client.query('grant select on sources to anon')
  const client = await database.db.$client.connect()
  try {
    await client.query('set role anon')
    expect((await client.query('select * from sources')).rows).toEqual([])
  } finally {
    await client.query('reset role')
    client.release()
    await database.db.$client.query('revoke select on sources from anon')
  }
})

test('a role that row level security hides the rows from is refused at start', async () => {
  await database.db.$client.query('grant select on llm_callbacks to app_reader')
  const url = new URL(database.url)
  url.username = 'app_reader'
  url.password = 'reads-nothing'
  const reader = createDatabase(url.href)
  try {
    await expect(checkDatabase(reader, { isEmbedded: false, acceptsAsynchronousCommit: false })).rejects.toThrow(
      UnsafeDatabaseError,
    )
  } finally {
    await reader.$client.end()
  }
})

test('case 59: synchronous_commit off is refused; fsync off is refused when embedded and warned of elsewhere', async () => {
  expect(await checkDatabase(database.db, { isEmbedded: false, acceptsAsynchronousCommit: false })).toHaveLength(1)
  await expect(checkDatabase(database.db, { isEmbedded: true, acceptsAsynchronousCommit: false })).rejects.toThrow(
    /fsync is off/,
  )
  const name = new URL(database.url).pathname.slice(1)
  await database.db.$client.query(`alter database ${name} set synchronous_commit = off`)
  const later = createDatabase(database.url)
  try {
    await expect(checkDatabase(later, { isEmbedded: false, acceptsAsynchronousCommit: false })).rejects.toThrow(
      /synchronous_commit is off/,
    )
    const warnings = await checkDatabase(later, { isEmbedded: false, acceptsAsynchronousCommit: true })
    expect(warnings).toContainEqual(expect.stringMatching(/^UNSAFE: synchronous_commit is off/))
  } finally {
    await later.$client.end()
  }
})
