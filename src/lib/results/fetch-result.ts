import type { ResultRequest } from './result-request'

export type FetchedResult =
  | { httpStatus: number; body: Buffer }
  /** `httpStatus` is null where there was no answer. */
  | { httpStatus: number | null; error: string }

const timeoutMs = 15_000
const bodyBytesMax = 4 * 1024 * 1024

/** Asks a sender's API once. Never throws: whatever goes wrong is the result. Follows no redirect, so that the key goes nowhere else. */
export async function fetchResult({ url, headers }: ResultRequest): Promise<FetchedResult> {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) {
      await response.body?.cancel()
      return { httpStatus: response.status, error: `The API answered ${response.status}.` }
    }
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > bodyBytesMax) return { httpStatus: response.status, error: 'The answer is longer than 4 MB.' }
      chunks.push(chunk)
    }
    return { httpStatus: response.status, body: Buffer.concat(chunks) }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return { httpStatus: null, error: `The API did not answer: ${cause.slice(0, 200)}` }
  }
}
