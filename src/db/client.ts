import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema'

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool }

type DatabaseOptions = {
  /** Connections at most; more requests wait for one. */
  connectionsMax?: number
  connectTimeoutMs?: number
  /** How long an unused connection is kept; 0: for ever. */
  idleTimeoutMs?: number
  /** A query that takes longer fails, and its connection is thrown away (it may be frozen or half open). */
  queryTimeoutMs?: number
  /** Whether each connection takes statements while earlier ones are under way on it, as `createPipeline` sends them. */
  isPipelined?: boolean
  /** Of each session, by name. Only where connections lead straight to PostgreSQL: a pooler refuses them or hands them to others. */
  settings?: Record<string, string>
  /** Told of connections that die while idle; they are replaced by themselves. */
  onIdleError?: (error: Error) => void
}

/**
 * Opens a pool on one PostgreSQL. Unless given settings it uses no session state, so that it works through a pooler in
 * transaction mode (PgBouncer, Supavisor). Connects at the first query; end it with `db.$client.end()`.
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connectionsMax ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: options.idleTimeoutMs ?? 10_000,
    query_timeout: options.queryTimeoutMs ?? 30_000,
    pipeline: options.isPipelined ?? false,
    ...sessionOptions(options.settings),
    application_name: 'callboard',
    keepAlive: true,
  })
  pool.on('error', (error) => options.onIdleError?.(error))
  // A connection cut while a transaction has it rejects that one's query, and is told of here as well, where nobody may be listening.
  pool.on('connect', (client) => client.on('error', () => {}))
  return drizzle(pool, { schema })
}

function sessionOptions(settings: Record<string, string> = {}): pg.ClientConfig {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  return options.length > 0 ? { options: options.join(' ') } : {}
}
