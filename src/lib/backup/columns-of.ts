import type pg from 'pg'
import type { BackupTable } from './tables'

/** The columns of a table in this database, in order; none where there is no such table. */
export async function columnsOf(client: pg.Client, { name }: Pick<BackupTable, 'name'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
    where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [name],
  )
  return rows.map((row) => row.name)
}
