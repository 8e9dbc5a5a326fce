import path from 'node:path'
import { createDatabase, type Database } from '@/db/client'
import { readEnvironment } from '@/env'
import { lockDataDir } from '@/server/data-dir/lock'
import { readRunFile } from '@/server/data-dir/run-file'
import { openPostgres } from '@/server/open-postgres'
import { completeSettings } from '@/server/settings'
import { printError } from './failure'

/**
 * Runs a command on the database: the one in DATABASE_URL, that of the Callboard that runs on DATA_DIR, or else the
 * embedded one, started for as long as the command takes.
 */
export async function withDatabaseUrl<T>(work: (url: string) => Promise<T>): Promise<T> {
  const environment = readEnvironment()
  const configured = environment.databaseDirectUrl ?? environment.databaseUrl
  if (configured) return work(configured)
  const dataDir = path.resolve(environment.dataDir)
  const run = readRunFile(dataDir)
  if (run) return work(run.databaseUrl)
  const release = lockDataDir(dataDir)
  try {
    const postgres = await openPostgres(completeSettings(environment), printError)
    try {
      return await work(postgres.directUrl)
    } finally {
      await postgres.embedded?.stop()
    }
  } finally {
    release()
  }
}

/** The same, with a pool opened and closed around it. */
export function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  return withDatabaseUrl(async (url) => {
    const db = createDatabase(url, { connectionsMax: 2 })
    try {
      return await work(db)
    } finally {
      await db.$client.end()
    }
  })
}
