import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { withClient } from './with-client'

/** "callboard" in ASCII, cut to 8 bytes: one migration run at a time on one database. */
const migrationLockKey = '7161124095259533682'

export type MigrationStatus = { name: string; appliedAt: Date | null }

/** One migration could not be applied; everything before it is, and nothing of it. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Applies every migration in `folder` that is not applied yet, in order of its number, each in a transaction of its own; with
 * `only`, just those of these names. Any number of replicas may call this at once. `url` must reach PostgreSQL with transactions intact: directly, or
 * through a pooler in transaction mode.
 * @returns the names applied by this call.
 * @throws MigrationError, DatabaseUnreachableError
 */
export async function migrateUp(url: string, folder: string, only?: readonly string[]): Promise<string[]> {
  return withClient(url, async (client) => {
    const applied: string[] = []
    for (const name of listMigrations(folder)) {
      if (only && !only.includes(name)) continue
      const sql = readFileSync(path.join(folder, `${name}.sql`), 'utf8')
      if (await runOnce(client, name, sql, 'up')) applied.push(name)
    }
    return applied
  })
}

/** Takes back the newest applied migration (with all the data it holds), or `steps` of them; returns their names. */
export async function migrateDown(url: string, folder: string, steps = 1): Promise<string[]> {
  return withClient(url, async (client) => {
    const reverted: string[] = []
    for (const name of listMigrations(folder).reverse()) {
      if (reverted.length === steps) break
      const sql = readFileSync(path.join(folder, name, 'down.sql'), 'utf8')
      if (await runOnce(client, name, sql, 'down')) reverted.push(name)
    }
    return reverted
  })
}

/** Every migration in `folder` and when it was applied. */
export async function migrationStatus(url: string, folder: string): Promise<MigrationStatus[]> {
  return withClient(url, async (client) => {
    const rows = (await hasLedger(client))
      ? (await client.query<{ name: string; applied_at: Date }>('select name, applied_at from callboard_migrations'))
          .rows
      : []
    const appliedAt = new Map(rows.map((row) => [row.name, row.applied_at]))
    return listMigrations(folder).map((name) => ({ name, appliedAt: appliedAt.get(name) ?? null }))
  })
}

function listMigrations(folder: string): string[] {
  const names = readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .map((file) => path.basename(file, '.sql'))
    .sort()
  const withoutDown = names.find((name) => !existsSync(path.join(folder, name, 'down.sql')))
  if (withoutDown) throw new MigrationError(`${withoutDown} has no down.sql`)
  return names
}

/** The lock is taken inside the transaction (a pooler keeps no session), and the ledger read after the lock. */
async function runOnce(client: pg.Client, name: string, sql: string, direction: 'up' | 'down'): Promise<boolean> {
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(${migrationLockKey})`)
    const isWanted = (await isApplied(client, name)) === (direction === 'down')
    if (isWanted) await client.query(sql)
    await client.query('commit')
    return isWanted
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new MigrationError(`Migration ${name} (${direction}) failed, nothing of it was kept: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** Each migration makes the ledger if it is the first: looking into it must need no more than the right to read it. */
async function isApplied(client: pg.Client, name: string): Promise<boolean> {
  if (!(await hasLedger(client))) return false
  const rows = await client.query('select 1 from callboard_migrations where name = $1', [name])
  return rows.rowCount !== 0
}

async function hasLedger(client: pg.Client): Promise<boolean> {
  const found = await client.query("select to_regclass('callboard_migrations') is not null as exists")
  return found.rows[0].exists
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
