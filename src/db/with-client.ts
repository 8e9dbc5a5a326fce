import pg from 'pg'

/** PostgreSQL could not be reached. The message names its host, never its password. */
export class DatabaseUnreachableError extends Error {
  override name = 'DatabaseUnreachableError'
}

/**
 * Runs work on one connection of its own, for what must happen in one session or takes longer than a pool's queries may.
 * @throws DatabaseUnreachableError
 */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'callboard',
  })
  // A cut connection also rejects the query under way, which is where it is handled.
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    const reason = error instanceof AggregateError ? error.errors.map(messageOf).join(', ') : messageOf(error)
    throw new DatabaseUnreachableError(`PostgreSQL at ${new URL(url).host} could not be reached: ${reason}`, {
      cause: error,
    })
  })
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
