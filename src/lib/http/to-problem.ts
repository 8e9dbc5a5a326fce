import { randomBytes } from 'node:crypto'
import { AppError, statusOfErrorCode } from './app-error'
import { type Problem, problem } from './problem'

/**
 * Turns whatever was thrown into an answer. A foreseen error says what it is; anything else becomes a plain 500 with a
 * short reference, under which `onUnexpected` is told the cause: that goes to the log and never to the caller.
 */
export function toProblem(error: unknown, onUnexpected: (error: unknown, ref: string) => void): Problem {
  if (error instanceof AppError) {
    return problem(statusOfErrorCode[error.code], {
      code: error.code,
      detail: error.message,
      headers: error.headers,
      members: error.members,
    })
  }
  const ref = randomBytes(3).toString('hex')
  onUnexpected(error, ref)
  return problem(500, { code: 'internal_error', members: { ref } })
}
