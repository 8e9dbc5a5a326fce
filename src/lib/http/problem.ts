import { STATUS_CODES } from 'node:http'

/** An error answer as plain data, for node:http and for Next alike. */
export type Problem = { status: number; headers: Record<string, string>; body: string }

type ProblemOptions = {
  /** Stable and for machines. */
  code: string
  /** For people, about this one occurrence. */
  detail?: string
  /** The status's own phrase unless told otherwise, as RFC 9457 asks of problems without a `type`. */
  title?: string
  headers?: Record<string, string>
  members?: Record<string, unknown>
}

/** Makes an `application/problem+json` answer (RFC 9457). It is never to be cached. */
export function problem(status: number, options: ProblemOptions): Problem {
  const { code, detail, title = STATUS_CODES[status], headers, members } = options
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store', ...headers },
    body: JSON.stringify({ ...members, status, title, detail, code }),
  }
}
