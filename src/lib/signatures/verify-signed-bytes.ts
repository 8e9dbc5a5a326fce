import { createHmac, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { checkTime, signedTimeText } from './check-time'
import { hmacKey, publicKey } from './keys'
import { readSignatures } from './read-signature'
import type { SignedBytesScheme } from './scheme'
import { signedContent, signedHeaders, signedParts } from './signed-content'
import type { LiveSecret, Reader, Trust } from './verifier'

type Key = { id: string | null; expiresAt: Date | null; key: Buffer | KeyObject }

/** Verifies what is signed with an HMAC or a private key. */
export function signedBytesReader(scheme: SignedBytesScheme, trust: Trust): Reader {
  const ownKeys = keysOf(scheme, trust.secrets)
  const parts = signedParts(scheme.signs)
  const headers = signedHeaders(parts)
  const isFit = scheme.kind === 'hmac-sha256' ? fitsHmac : fitsPublicKey
  return (request, now) => {
    const header = request.header(scheme.header)
    if (header === null || header.trim() === '') return 'missing'
    const candidates = readSignatures(scheme, header)
    if (candidates.length === 0) return 'malformed'
    const timestamp = scheme.time ? signedTimeText(scheme, scheme.time, request.header) : ''
    if (timestamp === null || headers.some((name) => request.header(name) === null)) return 'missing'
    const untimely = scheme.time ? checkTime(timestamp, scheme.time, now) : null
    if (untimely) return untimely
    const { keys, isWhole } = ownKeys ? { keys: ownKeys, isWhole: true } : publishedKeys(scheme, trust)
    const live = keys.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    return (body) => {
      const content = signedContent(parts, { body, timestamp, url: trust.url, header: request.header })
      if (!content) return null
      let fitting: Key | null = null
      for (const key of live) {
        // All are tried, whichever fits.
        if (isFit(content, candidates, key.key)) fitting ??= key
      }
      if (!fitting) return isWhole ? null : 'keys_unavailable'
      const messageId = scheme.messageId ? request.header(scheme.messageId) : null
      return { secretId: fitting.id, scheme: scheme.name, header, messageId, isBodySigned: true }
    }
  }
}

type Content = readonly (string | Uint8Array)[]

function fitsHmac(content: Content, candidates: readonly Buffer[], key: Buffer | KeyObject): boolean {
  const hmac = createHmac('sha256', key)
  for (const part of content) hmac.update(part)
  const expected = hmac.digest()
  let isFit = false
  for (const candidate of candidates) isFit = timingSafeEqual(candidate, expected) || isFit
  return isFit
}

function fitsPublicKey(content: Content, candidates: readonly Buffer[], key: Buffer | KeyObject): boolean {
  if (Buffer.isBuffer(key)) return false
  const bytes = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'sha256' : null
  // A public key is no secret: what the time tells of it anybody may know.
  return candidates.some((candidate) => verify(algorithm, bytes, key, candidate))
}

/** The keys among a source's secrets; null where the sender publishes them. */
function keysOf(scheme: SignedBytesScheme, secrets: readonly LiveSecret[]): Key[] | null {
  if (scheme.kind !== 'hmac-sha256' && typeof scheme.key === 'object') return null
  return secrets.flatMap(({ id, secret, expiresAt = null }) => {
    const key = scheme.kind === 'hmac-sha256' ? hmacKey(secret, scheme.secret) : publicKey(secret, scheme)
    return key ? [{ id, expiresAt, key }] : []
  })
}

function publishedKeys(scheme: SignedBytesScheme, trust: Trust): { keys: Key[]; isWhole: boolean } {
  if (scheme.kind === 'hmac-sha256' || typeof scheme.key !== 'object') return { keys: [], isWhole: true }
  const type = scheme.kind === 'ed25519' ? 'ed25519' : 'rsa'
  const { keys, isWhole } = trust.publishedKeys(scheme.key.jwksUrl)
  const fitting = keys.filter(({ key }) => key.asymmetricKeyType === type)
  return { keys: fitting.map(({ key }) => ({ id: null, expiresAt: null, key })), isWhole }
}
