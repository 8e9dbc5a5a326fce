import { createHash } from 'node:crypto'
import type pg from 'pg'
import { withClient } from '@/db/with-client'
import { BackupError, headerLine, rowLine, trailerLine } from './backup-format'
import { columnsOf } from './columns-of'
import { type BackupTable, backedUpTables } from './tables'
import { writeFileOnce } from './write-file-once'

type BackUpOptions = {
  /** Straight to PostgreSQL, or through a pooler in transaction mode. */
  url: string
  file: string
  /** Callboard's version, for the header. */
  version: string
  /** Told after each piece how many rows are written by now. */
  onProgress?: (rows: number) => void
}

const fetchRowsMax = 1_000
const fetchBytesMax = 4 * 1024 * 1024

/**
 * Writes everything that Callboard keeps in its database into one file, as it is at one moment, while Callboard runs.
 * @returns how many rows of each table were written
 * @throws BackupError; DatabaseUnreachableError; the database's and the file system's errors. No file is left then.
 */
export async function backUp({ url, file, version, onProgress }: BackUpOptions): Promise<Record<string, number>> {
  return withClient(url, async (client) => {
    const counts: Record<string, number> = {}
    await client.query('begin transaction isolation level repeatable read read only')
    // row_security: an error is better than an empty backup by a role that sees no row. The rest fixes how values are written.
    await client.query(`
      set local row_security = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
      set local timezone = 'UTC'; set local bytea_output = 'hex'; set local extra_float_digits = 1`)
    await writeFileOnce(file, linesOf(client, { version, counts, onProgress }))
    await client.query('commit')
    return counts
  })
}

type LineOptions = Pick<BackUpOptions, 'version' | 'onProgress'> & { counts: Record<string, number> }

async function* linesOf(client: pg.Client, { version, counts, onProgress }: LineOptions): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (lines: string) => {
    hash.update(lines)
    return lines
  }
  yield hashed(headerLine({ createdAt: new Date().toISOString(), callboard: version, ...(await stateOf(client)) }))
  let total = 0
  for (const table of backedUpTables) {
    // Of a database whose newest migrations have not run yet, the tables that there are.
    if ((await columnsOf(client, table)).length === 0) continue
    counts[table.name] = 0
    for await (const rows of rowsOf(client, table)) {
      counts[table.name] = (counts[table.name] ?? 0) + rows.length
      total += rows.length
      yield hashed(rows.map((json) => rowLine({ table: table.name, json })).join(''))
      onProgress?.(total)
    }
  }
  yield trailerLine({ rows: counts, sha256: hash.digest('hex') })
}

/** The migrations that were applied, and the seq to go on with: that of the newest callback need not be stored any more. */
async function stateOf(client: pg.Client): Promise<{ migrations: string[]; nextSeq: string }> {
  const found = await client.query(
    "select to_regclass('callboard_migrations') is not null and to_regclass('llm_callbacks') is not null as exists",
  )
  if (!found.rows[0].exists) throw new BackupError('There is no Callboard in this database: nothing to back up.')
  const { rows: applied } = await client.query<{ name: string }>('select name from callboard_migrations order by name')
  const { rows } = await client.query<{ next: string }>(
    'select (last_value + is_called::int)::text as next from llm_callbacks_seq_seq',
  )
  return { migrations: applied.map((row) => row.name), nextSeq: rows[0]?.next ?? '1' }
}

/** The rows as PostgreSQL's JSON, in pieces that memory bears. */
async function* rowsOf(client: pg.Client, table: BackupTable): AsyncGenerator<string[]> {
  const columns = (await columnsOf(client, table)).map((column) => {
    const derived = table.derived?.[column]
    return derived ? `${derived.kept} as ${column}` : column
  })
  // A second cursor goes ahead and says how long the rows are, for a thousand of the longest would be gigabytes.
  await client.query(`
    declare sizes no scroll cursor for select ${table.bytes ?? 0} as bytes from ${table.name} order by ${table.orderBy};
    declare lines no scroll cursor for
      select row_to_json(r)::text as line from (select ${columns.join(', ')} from ${table.name} order by ${table.orderBy}) r`)
  for (;;) {
    const sizes = await client.query<{ bytes: number }>(`fetch ${fetchRowsMax} from sizes`)
    if (sizes.rows.length === 0) break
    for (const count of piecesOf(sizes.rows.map((row) => row.bytes))) {
      const { rows } = await client.query<{ line: string }>(`fetch ${count} from lines`)
      yield rows.map((row) => row.line)
    }
  }
  await client.query('close sizes; close lines')
}

/** How many of these rows to take at a time. */
function piecesOf(sizes: readonly number[]): number[] {
  const pieces: number[] = []
  let bytes = 0
  for (const size of sizes) {
    const last = pieces.length - 1
    if (last >= 0 && bytes + size <= fetchBytesMax) {
      pieces[last] = (pieces[last] ?? 0) + 1
      bytes += size
    } else {
      pieces.push(1)
      bytes = size
    }
  }
  return pieces
}
