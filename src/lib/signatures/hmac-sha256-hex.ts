import { createHmac } from 'node:crypto'

/**
 * Signs a body as the native sender does.
 * @param body the exact bytes that will be sent.
 * @param secret used as its UTF-8 bytes.
 * @returns the header's value, `sha256=` and 64 lower-case hexadecimal digits (HMAC, RFC 2104, with SHA-256).
 */
export function signHmacSha256Hex(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}
