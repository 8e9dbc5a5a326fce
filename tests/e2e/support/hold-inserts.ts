import pg from 'pg'

/** Holds every INSERT back until it is let go, and tells who waits. */
export async function holdInserts(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A test that fails drops its database with this connection in it.
  client.on('error', () => {})
  await client.connect()
  await client.query('begin; lock table llm_callbacks in share mode')
  const waiting = async () => {
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_locks where not granted and relation = $1::regclass',
      ['llm_callbacks'],
    )
    return rows.map((row) => row.pid)
  }
  return {
    waiting,
    /** Ends the backends that wait, as a crash of PostgreSQL would. */
    terminateWaiting: () =>
      client.query('select pg_terminate_backend(pid) from pg_locks where not granted and relation = $1::regclass', [
        'llm_callbacks',
      ]),
    async letGo() {
      await client.query('commit')
      await client.end()
    },
  }
}
