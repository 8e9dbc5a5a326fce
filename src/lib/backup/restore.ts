import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { migrateUp, migrationStatus } from '@/db/migrate'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import { withClient } from '@/db/with-client'
import { renewFeedEpoch } from '../llm-callbacks/feed/renew-feed-epoch'
import { BackupError, type BackupHeader } from './backup-format'
import { columnsOf } from './columns-of'
import { readBackup, verifyBackup } from './read-backup'
import { type BackupTable, backedUpTables, rebuiltTables } from './tables'

type RestoreOptions = {
  /** Straight to PostgreSQL. */
  url: string
  file: string
  migrationsFolder: string
  /** Told after each piece how many rows are restored by now. */
  onProgress?: (rows: number) => void
}

/** Where rows in these tables say that somebody works with the database already. */
const mustBeEmpty = ['llm_callbacks', 'llm_callback_tombstones', 'auth_users'] as const
const batchRowsMax = 1_000
const batchCharactersMax = 8 * 1024 * 1024

/**
 * Fills an empty database from a backup: all of it, or nothing. The database is first brought to the schema that the backup
 * has, and after it to the newest, so that a migration that changes data changes these too. Cursors of before get `reset`.
 *
 * @returns how many rows of each table were restored
 * @throws BackupError where the file is not whole, was made by a newer Callboard, or the database is not empty;
 *   MigrationError; DatabaseUnreachableError
 */
export async function restore(options: RestoreOptions): Promise<Record<string, number>> {
  const { url, file, migrationsFolder, onProgress } = options
  const header = await verifyBackup(file)
  await refuseOtherSchema(header, url, migrationsFolder)
  await withClient(url, refuseUsed)
  await migrateUp(url, migrationsFolder, header.migrations)
  const counts = await withClient(url, (client) =>
    inTransaction(client, () => fill(client, { header, file, onProgress })),
  )
  await migrateUp(url, migrationsFolder)
  return counts
}

async function refuseOtherSchema({ migrations }: BackupHeader, url: string, folder: string): Promise<void> {
  const status = await migrationStatus(url, folder)
  const unknown = migrations.filter((name) => !status.some((migration) => migration.name === name))
  if (unknown.length > 0) {
    throw new BackupError(
      `The backup is from a newer Callboard: this one does not know ${unknown.join(', ')}. Update first.`,
    )
  }
  const ahead = status.filter(({ name, appliedAt }) => appliedAt !== null && !migrations.includes(name))
  if (ahead.length > 0) {
    const names = ahead.map(({ name }) => name).join(', ')
    throw new BackupError(
      `The backup is from an older Callboard, and this database already has ${names}. Restore into a database that Callboard was never started on.`,
    )
  }
}

async function refuseUsed(client: pg.Client): Promise<void> {
  for (const name of mustBeEmpty) {
    const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [name])
    if (!rows[0]?.exists) continue
    const found = await client.query(`select from ${name} limit 1`)
    if (found.rowCount !== 0) {
      throw new BackupError(
        `The database is in use: there are rows in ${name}. Nothing was changed. Restore into an empty one.`,
      )
    }
  }
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

type FillOptions = Pick<RestoreOptions, 'file' | 'onProgress'> & { header: BackupHeader }

/** Into the transaction that is open: the caller commits only what this has seen the end of. */
async function fill(client: pg.Client, { header, file, onProgress }: FillOptions): Promise<Record<string, number>> {
  const writers = await prepare(client)
  const counts: Record<string, number> = {}
  let total = 0
  for await (const { table, rows } of batchesOf(file)) {
    const write = writers.get(table)
    if (!write) throw new BackupError(`The backup has rows of ${table}, which this Callboard does not know.`)
    await write(rows)
    counts[table] = (counts[table] ?? 0) + rows.length
    total += rows.length
    onProgress?.(total)
  }
  await renewFeedEpoch(drizzle(client))
  // Last, because a rollback does not take it back.
  await client.query("select setval('llm_callbacks_seq_seq', $1::bigint, false)", [header.nextSeq])
  return counts
}

type Writer = (rows: readonly string[]) => Promise<unknown>

/** Keeps everybody else out, empties what migrations and a start have put in, and says how to write each table. */
async function prepare(client: pg.Client): Promise<Map<string, Writer>> {
  await client.query(`set local row_security = off; set local statement_timeout = 0; set local lock_timeout = '5s'`)
  const present: { table: BackupTable; columns: string[] }[] = []
  for (const table of backedUpTables) {
    const columns = await columnsOf(client, table)
    if (columns.length > 0) present.push({ table, columns })
  }
  const names = present.map(({ table }) => table.name)
  await client.query(`lock table ${names.join(', ')} in share row exclusive mode`).catch((error: unknown) => {
    if (sqlStateOf(error) !== SQLSTATE.lockNotAvailable) throw error
    throw new BackupError('Something else works with this database. Stop every Callboard on it, then restore again.')
  })
  await refuseUsed(client)
  for (const name of names.toReversed()) await client.query(`delete from ${name}`)
  await forgetDerived(client)
  return new Map(present.map(({ table, columns }) => [table.name, writerOf(client, table, columns)]))
}

/** Followers begin anew: where they stood means nothing among other callbacks. */
async function forgetDerived(client: pg.Client): Promise<void> {
  for (const name of rebuiltTables) {
    if ((await columnsOf(client, { name })).length > 0) await client.query(`delete from ${name}`)
  }
}

function writerOf(client: pg.Client, table: BackupTable, columns: readonly string[]): Writer {
  const values = columns.map((column) => table.derived?.[column]?.remade ?? `r.${column}`)
  const statement = `
    insert into ${table.name} (${columns.join(', ')}) overriding system value
    select ${values.join(', ')} from json_populate_recordset(null::${table.name}, $1::json) r`
  return (rows) => client.query(statement, [`[${rows.join(',')}]`])
}

/** Rows of one table at a time, as many as memory bears. */
async function* batchesOf(file: string): AsyncGenerator<{ table: string; rows: string[] }> {
  let table = ''
  let rows: string[] = []
  let characters = 0
  for await (const row of readBackup(file)) {
    const isFull = rows.length === batchRowsMax || characters + row.json.length > batchCharactersMax
    if (rows.length > 0 && (row.table !== table || isFull)) {
      yield { table, rows }
      rows = []
      characters = 0
    }
    table = row.table
    rows.push(row.json)
    characters += row.json.length
  }
  if (rows.length > 0) yield { table, rows }
}
