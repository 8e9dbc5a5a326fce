/** PostgreSQL's error codes that Callboard tells apart (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
export const SQLSTATE = {
  invalidPassword: '28P01',
  /** The server starts up, shuts down or recovers: ask again. */
  cannotConnectNow: '57P03',
  undefinedTable: '42P01',
  insufficientPrivilege: '42501',
  uniqueViolation: '23505',
  /** Not granted within lock_timeout. */
  lockNotAvailable: '55P03',
} as const

/** Classes whose errors are about the row that was sent, not about the database: another row may still go in. */
const dataErrorClasses = new Set(['21', '22', '23', '54'])

/** The SQLSTATE of an error thrown by pg or wrapped by Drizzle; null when it is none (a lost connection, say). */
export function sqlStateOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    // System errors have a code too (EPIPE), but only PostgreSQL's have a severity.
    if ('severity' in current && 'code' in current && typeof current.code === 'string') return current.code
  }
  return null
}

/** Whether PostgreSQL refused the data itself, so that sending the same again can't help. */
export function isDataError(error: unknown): boolean {
  return dataErrorClasses.has(sqlStateOf(error)?.slice(0, 2) ?? '')
}
