import path from 'node:path'

export const migrationsFolder = path.resolve(import.meta.dirname, '../../drizzle/migrations')

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
