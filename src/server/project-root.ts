import { existsSync } from 'node:fs'
import path from 'node:path'

/** The folder that holds drizzle/, .next/ and package.json, from the sources as from the compiled files. */
export function projectRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(path.join(folder, 'drizzle', 'migrations'))) {
    const parent = path.dirname(folder)
    if (parent === folder) throw new Error(`drizzle/migrations is missing beside ${import.meta.dirname}`)
    folder = parent
  }
  return folder
}

/** Absolute, for it must not depend on the working directory. */
export function migrationsFolder(): string {
  return path.join(projectRoot(), 'drizzle', 'migrations')
}
