import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateUp } from '@/db/migrate'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { rootHome } from '@/server/postgres/layout'
import { migrationsFolder, withDatabase } from './database-url'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/**
 * One real PostgreSQL for the run, with a migrated template that each test file copies. Its fsync is off: these tests
 * ask what is stored, and those about durability start servers of their own.
 */
export default async function startPostgres(project: TestProject) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-test-'))
  const settings = { fsync: 'off', max_connections: '300' }
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'only-for-tests', settings })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('create database template_callboard')
  await client.end()
  await migrateUp(withDatabase(postgres.url, 'template_callboard'), migrationsFolder)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(rootHome(dataDir), { recursive: true, force: true })
  }
}
