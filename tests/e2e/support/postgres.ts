import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import pg from 'pg'
import { createDatabase, type Database } from '@/db/client'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { rootHome } from '@/server/postgres/layout'
import { findPostmaster } from '@/server/postgres/postmaster'
import { withDatabase } from '../../support/database-url'

/** A PostgreSQL of the tests' own, with fsync on as Callboard would have it; they may do to it what they like. */
type Postgres = {
  url: string
  /** Stops every one of its processes where it stands (SIGSTOP), until `thaw`. */
  freeze(): void
  thaw(): void
  run(statement: string): Promise<void>
}

type OwnDatabase = { url: string; name: string; db: Database }

/** Tests with `postgres`, one for all of them, and `database`, an empty one for each. */
export const test = base.extend<{ database: OwnDatabase }, { postgres: Postgres }>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-faults-'))
      // Few enough for a test to take them all.
      const settings = { max_connections: '40' }
      const server = await startEmbeddedPostgres({ dataDir, password: 'only-for-tests', settings })
      await use({
        url: server.url,
        freeze: () => signalPostgres(server.clusterDir, 'SIGSTOP'),
        thaw: () => signalPostgres(server.clusterDir, 'SIGCONT'),
        run: (statement) => run(server.url, statement),
      })
      signalPostgres(server.clusterDir, 'SIGCONT')
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(rootHome(dataDir), { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  async database({ postgres }, use) {
    const name = `faults_${randomBytes(6).toString('hex')}`
    await postgres.run(`create database ${name}`)
    const url = withDatabase(postgres.url, name)
    const db = createDatabase(url)
    await use({ url, name, db })
    await db.$client.end()
    await postgres.run(`drop database ${name} with (force)`)
  },
})

/** To a server with all its backends; the postmaster first: it must not see its children stop, nor start new ones. */
export function signalPostgres(clusterDir: string, signal: NodeJS.Signals): void {
  const { pid } = findPostmaster(clusterDir) ?? {}
  if (!pid) throw new Error('the PostgreSQL of the tests is gone')
  process.kill(pid, signal)
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  for (const child of children) process.kill(Number(child), signal)
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
