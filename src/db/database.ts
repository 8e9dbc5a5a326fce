import { EnvironmentError, readEnvironment } from '@/env'
import { createDatabase, type Database } from './client'

// On globalThis: Next bundles each route by itself and reloads modules in development, and each copy would open a pool.
const holder = globalThis as { callboardDatabase?: Database }

/**
 * The process's one database, opened at the first call from DATABASE_URL.
 * @throws EnvironmentError when DATABASE_URL is not set: without the supervisor nobody starts a database.
 */
export function database(): Database {
  if (!holder.callboardDatabase) {
    const { databaseUrl } = readEnvironment()
    if (!databaseUrl) {
      throw new EnvironmentError('DATABASE_URL is not set; `npm start` sets it for the database that it brings along')
    }
    holder.callboardDatabase = createDatabase(databaseUrl)
  }
  return holder.callboardDatabase
}
