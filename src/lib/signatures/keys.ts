import { createPublicKey, type KeyObject } from 'node:crypto'
import type { PublicKeyScheme, SecretFormat, SignatureScheme } from './scheme'

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}={0,2}|[A-Za-z0-9+/]{3}=?)?$/
/** What precedes the 32 bytes of an Ed25519 public key in its SubjectPublicKeyInfo (RFC 8410). */
const ed25519SpkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The key of an HMAC.
 * @returns null where the secret is of another format: a `whpk_` key, or no base64.
 */
export function hmacKey(secret: string, format: SecretFormat): Buffer | null {
  if (format === 'utf8') return Buffer.from(secret, 'utf8')
  if (secret.startsWith('whpk_')) return null
  const hasPrefix = secret.startsWith('whsec_')
  if (format === 'base64 behind whsec_' && !hasPrefix) return Buffer.from(secret, 'utf8')
  const text = hasPrefix ? secret.slice('whsec_'.length) : secret
  return text !== '' && base64Pattern.test(text) ? Buffer.from(text, 'base64') : null
}

/** @returns null where the text holds no public key of the kind that the scheme is of. */
export function publicKey(text: string, scheme: PublicKeyScheme): KeyObject | null {
  try {
    const key = scheme.key === 'whpk_' ? whpkKey(text) : scheme.key === 'pem' ? createPublicKey(text) : null
    return key && key.asymmetricKeyType === (scheme.kind === 'ed25519' ? 'ed25519' : 'rsa') ? key : null
  } catch {
    return null
  }
}

function whpkKey(text: string): KeyObject | null {
  if (!text.startsWith('whpk_')) return null
  const bytes = Buffer.from(text.slice('whpk_'.length), 'base64')
  if (bytes.length !== 32) return null
  return createPublicKey({ key: Buffer.concat([ed25519SpkiPrefix, bytes]), format: 'der', type: 'spki' })
}

/** Whether a scheme could verify anything with a secret. */
export function isUsableSecret(secret: string, scheme: SignatureScheme): boolean {
  if (scheme.kind === 'hmac-sha256') return hmacKey(secret, scheme.secret) !== null
  if (scheme.kind === 'token') return true
  return scheme.kind === 'jwt' ? scheme.key === 'utf8' : publicKey(secret, scheme) !== null
}
