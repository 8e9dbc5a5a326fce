import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import type { PublishedKey, PublishedKeySet } from '@/lib/signatures/verifier'

export type PublishedKeys = {
  /** The keys at a URL as they were last fetched. Never waits: the first call has them fetched. */
  get(jwksUrl: string): PublishedKeySet
  /** Has them fetched again soon, for a delivery that none of them verified: the sender may have new ones. At most once a minute. */
  refreshSoon(): void
  close(): void
}

type Options = {
  onError: (error: unknown, jwksUrl: string) => void
  fetchKeys?: (jwksUrl: string) => Promise<readonly PublishedKey[]>
}

const refreshEveryMs = 10 * 60_000
const refreshAtMostEveryMs = 60_000
const retryAfterMs = 5_000
const fetchTimeoutMs = 5_000
const responseBytesMax = 64 * 1024
const keysMax = 32

/** A JSON Web Key Set (RFC 7517): keys of a kind that we don't know are passed over. */
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional() })).max(keysMax) })

type Known = { keys: readonly PublishedKey[] | null; fetchedAt: number; timer: NodeJS.Timeout | null }

/**
 * Keeps the public keys that senders publish: fetched outside of any request, again every 10 minutes, and kept as they are when that
 * fails. While none were ever fetched a delivery can't be judged, and its sender is told to send it again.
 */
export function createPublishedKeys({ onError, fetchKeys = fetchKeySet }: Options): PublishedKeys {
  const sets = new Map<string, Known>()
  let isClosed = false

  async function refresh(url: string, known: Known): Promise<void> {
    if (known.timer) clearTimeout(known.timer)
    known.timer = null
    known.fetchedAt = performance.now()
    let nextMs = refreshEveryMs
    try {
      known.keys = await fetchKeys(url)
    } catch (error) {
      onError(error, url)
      if (known.keys === null) nextMs = retryAfterMs
    }
    if (!isClosed) known.timer = setTimeout(() => void refresh(url, known), nextMs).unref()
  }

  return {
    get(url) {
      const known = sets.get(url)
      if (known) return { keys: known.keys ?? [], isWhole: known.keys !== null }
      const added: Known = { keys: null, fetchedAt: 0, timer: null }
      sets.set(url, added)
      void refresh(url, added)
      return { keys: [], isWhole: false }
    },
    refreshSoon() {
      for (const [url, known] of sets) {
        if (known.keys && performance.now() - known.fetchedAt > refreshAtMostEveryMs) void refresh(url, known)
      }
    },
    close() {
      isClosed = true
      for (const { timer } of sets.values()) if (timer) clearTimeout(timer)
    },
  }
}

/** @throws Error where the answer is no key set, or comes too late, from elsewhere, or too long. */
async function fetchKeySet(url: string): Promise<readonly PublishedKey[]> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(fetchTimeoutMs) })
  if (!response.ok) throw new Error(`the keys were answered with ${response.status}`)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > responseBytesMax) throw new Error('the keys are too long')
    chunks.push(chunk)
  }
  return readKeySet(JSON.parse(Buffer.concat(chunks).toString('utf8')))
}

/** Reads a JSON Web Key Set. @throws ZodError where it is none; Error where none of its keys can be used. */
export function readKeySet(json: unknown): PublishedKey[] {
  const keys = keySetSchema.parse(json).keys.flatMap((jwk) => {
    try {
      return [{ keyId: jwk.kid ?? null, key: createPublicKey({ key: jwk, format: 'jwk' }) }]
    } catch {
      return []
    }
  })
  if (keys.length === 0) throw new Error('there is no key that can be used')
  return keys
}
