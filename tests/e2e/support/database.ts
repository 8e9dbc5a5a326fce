import pg from 'pg'
import { readRunFile } from '@/server/data-dir/run-file'

/** Runs one statement on the database of the Callboard that runs on this DATA_DIR. */
export async function queryDatabase<Row extends pg.QueryResultRow>(
  dataDir: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: readRunFile(dataDir)?.databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(statement, values)).rows
  } finally {
    await client.end()
  }
}
