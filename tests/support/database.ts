import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { withDatabase } from './database-url'

export type TestDatabase = { url: string; db: Database; drop(): Promise<void> }

/** A database of the test file's own: a copy of the migrated template, or an empty one. */
export async function createTestDatabase(template: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const source = template === 'migrated' ? 'template_callboard' : 'template0'
  await asServerAdmin((client) => client.query(`create database ${name} template ${source}`))
  const url = withDatabase(inject('postgresUrl'), name)
  const db = createDatabase(url)
  return {
    url,
    db,
    async drop() {
      await db.$client.end()
      await asServerAdmin((client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

async function asServerAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
