/** Every way a request can fail that we foresee, and the HTTP status it gets. A new code belongs here first. */
export const statusOfErrorCode = {
  invalid_request: 400,
  invalid_cursor: 400,
  unauthenticated: 401,
  forbidden: 403,
  cross_origin: 403,
  not_found: 404,
  email_taken: 409,
  slug_taken: 409,
  secret_known: 409,
  too_many_secrets: 409,
  last_owner: 409,
  wrong_password: 403,
  too_many_saved_views: 409,
  setup_link_invalid: 410,
  invite_invalid: 410,
  too_many_requests: 429,
  too_many_streams: 429,
  // Receiving webhooks.
  empty_body: 400,
  not_utf8: 400,
  not_json: 400,
  incomplete_body: 400,
  signature_invalid: 401,
  unknown_source: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  body_too_large: 413,
  content_encoding: 415,
  misdirected_request: 421,
  not_a_callback: 422,
  headers_too_large: 431,
  overloaded: 503,
  unavailable: 503,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof statusOfErrorCode

type AppErrorOptions = {
  /** For the log only; never sent. */
  cause?: unknown
  /** Sent with the answer, `Retry-After` say. */
  headers?: Record<string, string>
  /** Further members of the problem document; `status`, `title`, `detail` and `code` can't be replaced. */
  members?: Record<string, unknown>
}

/** A foreseen failure. Its message is sent to the caller, so it must not hold what the caller may not know. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly headers: Record<string, string>
  readonly members: Record<string, unknown>

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.headers = options.headers ?? {}
    this.members = options.members ?? {}
  }
}
