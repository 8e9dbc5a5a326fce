import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { copyPostgres, findPackagedPostgres, linkLibraries } from './binaries'
import { type OsUser, postgresOsUser } from './os-user'

/** Where the embedded PostgreSQL's binaries, data and log are, and whom it runs as (null: as the caller). */
export type Layout = { native: string; clusterDir: string; logFile: string; osUser: OsUser | null }

/** Root can't run PostgreSQL, and its folders may be closed to others: binaries and data then go to /var/lib. */
export function prepareLayout(dataDir: string): Layout {
  const packaged = findPackagedPostgres()
  const osUser = postgresOsUser()
  if (!osUser) {
    linkLibraries(packaged)
    return {
      native: packaged,
      clusterDir: path.join(dataDir, 'postgres'),
      logFile: path.join(dataDir, 'postgres.log'),
      osUser,
    }
  }
  const home = rootHome(dataDir)
  // Said again after making them: the caller's umask may have taken away what the OS user postgres needs to enter.
  mkdirSync(home, { recursive: true })
  chmodSync(path.dirname(home), 0o755)
  chmodSync(home, 0o755)
  const version = createHash('sha256').update(packageVersion(packaged)).digest('hex').slice(0, 8)
  const native = path.join(home, `native-${version}`)
  copyPostgres(packaged, native)
  linkLibraries(native)
  const owned = path.join(home, 'cluster')
  mkdirSync(owned, { recursive: true, mode: 0o700 })
  chownSync(owned, osUser.uid, osUser.gid)
  return { native, clusterDir: path.join(owned, 'postgres'), logFile: path.join(home, 'postgres.log'), osUser }
}

/** Where root's embedded PostgreSQL of one DATA_DIR lives. */
export function rootHome(dataDir: string): string {
  const name = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16)
  return path.join('/var/lib/callboard', name)
}

function packageVersion(native: string): string {
  return readFileSync(path.join(native, '..', 'package.json'), 'utf8')
}
