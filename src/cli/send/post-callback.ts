export type Outcome = { status: number | null; latencyMs: number; text: string }

const senderTimeoutMs = 30_000

/** Posts a signed body, as a sender does; a request that got no answer has no status. */
export async function postCallback(input: {
  url: string
  body: Buffer
  headers: Record<string, string>
}): Promise<Outcome> {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  try {
    const response = await fetch(input.url, {
      method: 'POST',
      headers: input.headers,
      body: new Uint8Array(input.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(senderTimeoutMs),
    })
    const text = await response.text()
    return { status: response.status, latencyMs: elapsed(), text }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return { status: null, latencyMs: elapsed(), text: cause }
  }
}
