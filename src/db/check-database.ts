import type { Database } from './client'

/** The database would lose or hide callbacks; the message says what to change. */
export class UnsafeDatabaseError extends Error {
  override name = 'UnsafeDatabaseError'
}

const versionMin = 150_000

type CheckOptions = {
  isEmbedded: boolean
  /** UNSAFE_ASYNCHRONOUS_COMMIT is set: lost callbacks are accepted. */
  acceptsAsynchronousCommit: boolean
}

/**
 * Looks at a migrated database before anything is acknowledged on its word.
 * @returns warnings for the log.
 * @throws UnsafeDatabaseError where row level security hides the rows from this role, or a commit does not wait for the disk
 * and nobody said that this is accepted.
 */
export async function checkDatabase(db: Database, options: CheckOptions): Promise<string[]> {
  const result = await db.$client.query<{
    version: number
    rls: boolean
    synchronous_commit: string
    fsync: string
    encoding: string
  }>(`
    select
      current_setting('server_version_num')::int as version,
      row_security_active('llm_callbacks') as rls,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('fsync') as fsync,
      current_setting('server_encoding') as encoding`)
  const row = result.rows[0]
  if (!row) throw new UnsafeDatabaseError('PostgreSQL did not say what its settings are')
  if (row.version < versionMin) throw new UnsafeDatabaseError('PostgreSQL 15 or newer is needed')
  if (row.encoding !== 'UTF8')
    throw new UnsafeDatabaseError(`The database's encoding is ${row.encoding}; UTF8 is needed`)
  if (row.rls) {
    throw new UnsafeDatabaseError(
      'Row level security hides llm_callbacks from the role in DATABASE_URL. Use the role that owns the tables, or one with BYPASSRLS.',
    )
  }
  return [...checkCommits(row.synchronous_commit, options), ...checkFsync(row.fsync, options)]
}

function checkCommits(synchronousCommit: string, { acceptsAsynchronousCommit }: CheckOptions): string[] {
  if (synchronousCommit !== 'off') return []
  const risk = 'synchronous_commit is off: a crash of PostgreSQL loses callbacks that were acknowledged.'
  if (!acceptsAsynchronousCommit) throw new UnsafeDatabaseError(`${risk} Turn it on for this role or database.`)
  return [`UNSAFE: ${risk} UNSAFE_ASYNCHRONOUS_COMMIT accepts it; the sender will never send those again.`]
}

function checkFsync(fsync: string, { isEmbedded }: CheckOptions): string[] {
  if (fsync === 'on') return []
  if (isEmbedded)
    throw new UnsafeDatabaseError('fsync is off on the embedded PostgreSQL: a power failure would lose callbacks.')
  return [
    'PostgreSQL reports fsync off: a power failure may lose acknowledged callbacks (some managed services report it so)',
  ]
}
