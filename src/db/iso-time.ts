import { type SQL, sql } from 'drizzle-orm'

/** ISO 8601 in UTC, to the millisecond, whatever the session's time zone and date style. */
export function isoTime(column: SQL): SQL<string> {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
