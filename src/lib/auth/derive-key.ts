import { hkdfSync } from 'node:crypto'

/**
 * Derives one of Callboard's own keys from CALLBOARD_SECRET: HKDF with SHA-256 and no salt (RFC 5869), the purpose as
 * its info. Each purpose gets a key that tells nothing of the others, nor of the secret.
 *
 * @param purpose what the key is for, as a constant of the code ("callboard session v1"); never input
 * @param bytes length of the key, at most 8,160
 */
export function deriveKey(secret: string, purpose: string, bytes = 32): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes))
}
