import { createHmac, timingSafeEqual } from 'node:crypto'

/** A secret that may be live beside others, and the id by which a stored callback names it. */
export type LiveSecret = { id: string; secret: string }

const candidatesMax = 5
// Anchored: Buffer.from(text, 'hex') silently drops what follows the first non-digit.
const candidatePattern = /^sha256=([0-9a-f]{64})$/i

/**
 * Signs a body as the native sender does.
 * @param body the exact bytes that will be sent.
 * @param secret used as its UTF-8 bytes.
 * @returns the header's value, `sha256=` and 64 lower-case hexadecimal digits (HMAC, RFC 2104, with SHA-256).
 */
export function signHmacSha256Hex(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/**
 * Reads a `sha256=<hex>` header: one signature, or at most 5 separated by commas (two headers arrive so too).
 * Needs no body, so that a request without a usable signature is refused before its body is read.
 * @returns the 32-byte candidates, or why there are none.
 */
export function parseHmacSha256Hex(
  header: string | null,
): { candidates: Buffer[] } | { reason: 'missing' | 'malformed' } {
  if (header === null || header.trim() === '') return { reason: 'missing' }
  const parts = header.split(',')
  if (parts.length > candidatesMax) return { reason: 'malformed' }
  const candidates = parts.flatMap((part) => {
    const hex = candidatePattern.exec(part.trim())?.[1]
    return hex ? [Buffer.from(hex, 'hex')] : []
  })
  return candidates.length > 0 ? { candidates } : { reason: 'malformed' }
}

/**
 * Verifies a body against every candidate and every live secret, in constant time for a given number of both: the time
 * tells neither how much of a signature was right nor which secret matched.
 * @param candidates as `parseHmacSha256Hex` reads them.
 * @returns the id of the first secret that signed it, null where none did.
 */
export function verifyHmacSha256Hex(input: {
  body: Uint8Array
  candidates: readonly Buffer[]
  secrets: readonly LiveSecret[]
}): string | null {
  let secretId: string | null = null
  for (const { id, secret } of input.secrets) {
    const expected = createHmac('sha256', secret).update(input.body).digest()
    for (const candidate of input.candidates) {
      if (timingSafeEqual(candidate, expected)) secretId ??= id
    }
  }
  return secretId
}
