import { type SQL, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import type { Database } from '@/db/client'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import { firstRow } from '../first-row'

const systemIdentifierReadable = new WeakMap<Pool, boolean>()

/**
 * SQL for the epoch of feed cursors, a value: 16 hex digits of a hash of the stored uuid, the cluster's system identifier
 * where this role may read it, and the database's oid. Computed inside each statement, because the uuid may be
 * renewed after a restore, or the address may lead to another cluster, while this process runs.
 */
export async function feedEpochExpression(db: Database): Promise<SQL<string>> {
  const systemIdentifier = (await canReadSystemIdentifier(db))
    ? sql`(select system_identifier::text from pg_control_system())`
    : sql`''`
  const database = sql`(select oid::text from pg_database where datname = current_database())`
  const stored = sql`(select epoch::text from llm_callback_feed)`
  const identity = sql`concat_ws('/', ${stored}, ${systemIdentifier}, ${database})`
  return sql<string>`left(encode(sha256(convert_to(${identity}, 'UTF8')), 'hex'), 16)`
}

/** The epoch that a cursor must have to be valid now. */
export async function readFeedEpoch(db: Database): Promise<string> {
  const epoch = await feedEpochExpression(db)
  const { rows } = await db.execute<{ epoch: string }>(sql`select ${epoch} as epoch`)
  return firstRow(rows).epoch
}

/**
 * Asked once per pool, in a statement of its own: PostgreSQL checks the right to a function when a statement begins, so a
 * `case` around the call can't save the statement.
 */
async function canReadSystemIdentifier(db: Database): Promise<boolean> {
  const known = systemIdentifierReadable.get(db.$client)
  if (known !== undefined) return known
  const readable = await db.execute(sql`select system_identifier from pg_control_system()`).then(
    () => true,
    (error: unknown) => {
      if (sqlStateOf(error) === SQLSTATE.insufficientPrivilege) return false
      throw error
    },
  )
  systemIdentifierReadable.set(db.$client, readable)
  return readable
}
