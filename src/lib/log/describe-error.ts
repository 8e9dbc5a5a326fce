import { sqlStateOf } from '@/db/sqlstate'
import { clipText } from './clip-fields'

/**
 * What a log may hold of an error. PostgreSQL's messages and Drizzle's quote values and parameters, which are payloads
 * here, so of those only the SQLSTATE is kept.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const sqlState = sqlStateOf(error)
  if (sqlState) return { type: 'PostgresError', sqlState, stack: frames(error) }
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  const isQuery = error.name === 'DrizzleQueryError' || 'query' in error
  const message = isQuery ? undefined : clipText(error.message)
  const code = 'code' in error && typeof error.code === 'string' ? clipText(error.code) : undefined
  return { type: clipText(error.name), code, message, stack: frames(error), cause }
}

/** Where it happened, without the message that heads a stack. */
function frames(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return clipText(lines.slice(0, 8).join('\n'))
}
