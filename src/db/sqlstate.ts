/** PostgreSQL's error codes that Callboard tells apart (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
export const SQLSTATE = {
  undefinedTable: '42P01',
  insufficientPrivilege: '42501',
  uniqueViolation: '23505',
} as const

/** Classes whose errors are about the row that was sent, not about the database: another row may still go in. */
const dataErrorClasses = new Set(['21', '22', '23', '54'])

/** The SQLSTATE of an error thrown by pg or wrapped by Drizzle; null when it is none (a lost connection, say). */
export function sqlStateOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^[0-9A-Z]{5}$/.test(current.code)) return current.code
  }
  return null
}

/** Whether PostgreSQL refused the data itself, so that sending the same again can't help. */
export function isDataError(error: unknown): boolean {
  return dataErrorClasses.has(sqlStateOf(error)?.slice(0, 2) ?? '')
}
