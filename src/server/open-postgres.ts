import { keepSecret, secretFiles } from './data-dir/kept-secret'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded-postgres'
import type { Settings } from './settings'

/** Where the data is, and how to take care of the server if it is ours. */
export type OpenPostgres = {
  url: string
  /** Reaches PostgreSQL itself where `url` goes through a pooler: for migrations and LISTEN. */
  directUrl: string
  embedded: EmbeddedPostgres | null
}

/** Starts the embedded PostgreSQL, or takes the one that DATABASE_URL names. */
export async function openPostgres(settings: Settings, onProgress: (message: string) => void): Promise<OpenPostgres> {
  if (settings.databaseUrl) {
    return { url: settings.databaseUrl, directUrl: settings.databaseDirectUrl ?? settings.databaseUrl, embedded: null }
  }
  const password = keepSecret(settings.dataDir, secretFiles.postgres)
  const embedded = await startEmbeddedPostgres({ dataDir: settings.dataDir, password, onProgress })
  return { url: embedded.url, directUrl: embedded.url, embedded }
}
