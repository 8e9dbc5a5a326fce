import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type * as schema from '@/db/schema'

/** The database, or a transaction on it. */
export type AuthQueries = NodePgDatabase<typeof schema>

/** "auth_use" in ASCII: the name of the users' table, cut to the 8 bytes that a lock's key has. */
const adminLockKey = '7022647185581110117'

/** Makes the transactions that create admins run one after the other, so that only one can be the first. */
export async function takeAdminLock(tx: AuthQueries): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${adminLockKey}::bigint)`)
}
