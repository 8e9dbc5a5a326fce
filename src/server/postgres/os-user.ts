import { execFileSync } from 'node:child_process'

export type OsUser = { uid: number; gid: number }

/**
 * Whom PostgreSQL runs as: it refuses to run as root, so root hands it to the OS user `postgres`, making that user
 * where there is none. Null: as the caller.
 */
export function postgresOsUser(): OsUser | null {
  if (process.getuid?.() !== 0) return null
  const user = readOsUser()
  if (user) return user
  try {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  } catch {
    // The look-up below says what to do.
  }
  const made = readOsUser()
  if (made) return made
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no OS user "postgres" and none could be made. ' +
      'Start Callboard as an ordinary user, make that OS user, or set DATABASE_URL.',
  )
}

function readOsUser(): OsUser | null {
  try {
    const number = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: number('-u'), gid: number('-g') }
  } catch {
    return null
  }
}
