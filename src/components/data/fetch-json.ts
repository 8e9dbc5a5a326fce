/** What the API refused, or could not do. */
export class ApiError extends Error {
  override name = 'ApiError'

  constructor(
    /** HTTP's; 0 where there was no answer. */
    readonly status: number,
    /** Says what went wrong, for people. */
    message: string,
    /** Under which the server has logged the cause. */
    readonly ref: string | null = null,
  ) {
    super(message)
  }
}

type ProblemJson = { title?: string; detail?: string; ref?: string }

/**
 * Asks our own API. `Shape` is what the server's schema promises for this path.
 * @throws ApiError; an abort is passed on as it is
 */
export async function fetchJson<Shape>(path: string, signal?: AbortSignal): Promise<Shape> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError(0, 'The server did not answer')
  })
  if (response.ok) return (await response.json()) as Shape
  const problem = await response.json().then(
    (body: ProblemJson) => body,
    (): ProblemJson => ({}),
  )
  throw new ApiError(response.status, problem.detail ?? problem.title ?? 'The server failed', problem.ref ?? null)
}
