import { createHash, createHmac, type KeyObject, sign } from 'node:crypto'
import { SignJWT } from 'jose'
import { hmacKey } from './keys'
import type { JwtScheme, SignatureScheme, SignedBytesScheme, TokenScheme } from './scheme'
import { signedContent, signedHeaders, signedParts } from './signed-content'

export type SigningInput = {
  body: Buffer
  /** The shared secret; for schemes of published keys the private key. */
  secret: string | KeyObject
  /** Under which the receiver knows itself. */
  url: string
  messageId: string
  now: Date
}

/** What a sender adds to a request to prove that it is its own. */
export type SignedDelivery = { headers: Record<string, string>; query: string }

/**
 * Signs a body as the sender of a scheme does.
 * @returns null where that can't be done from here: the key is the sender's own, or the proof is a part of the body.
 */
export async function signDelivery(scheme: SignatureScheme, input: SigningInput): Promise<SignedDelivery | null> {
  if (scheme.kind === 'token') return typeof input.secret === 'string' ? presentToken(scheme, input.secret) : null
  if (scheme.kind === 'jwt') return signToken(scheme, input)
  return signBytes(scheme, input)
}

function presentToken({ in: place, at = '' }: TokenScheme, secret: string): SignedDelivery | null {
  if (place === 'body') return null
  if (place === 'query') return { headers: {}, query: `?${new URLSearchParams({ [at]: secret })}` }
  if (place === 'header') return { headers: { [at]: secret }, query: '' }
  const credentials = place === 'basic' ? `Basic ${Buffer.from(secret).toString('base64')}` : `Bearer ${secret}`
  return { headers: { authorization: credentials }, query: '' }
}

async function signToken(
  scheme: JwtScheme,
  { body, secret, url, messageId, now }: SigningInput,
): Promise<SignedDelivery | null> {
  if (scheme.algorithm !== 'HS256' || typeof secret !== 'string') return null
  const digest = createHash('sha256').update(body).digest('base64url')
  const claims = scheme.bodyDigestClaim ? { [scheme.bodyDigestClaim]: digest } : {}
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuedAt(now).setJti(messageId)
  if (scheme.issuer) token.setIssuer(scheme.issuer)
  if (scheme.subjectIsUrl) token.setSubject(url)
  token.setExpirationTime(new Date(now.getTime() + 300_000))
  return { headers: { [scheme.header]: await token.sign(Buffer.from(secret, 'utf8')) }, query: '' }
}

function signBytes(
  scheme: SignedBytesScheme,
  { body, secret, url, messageId, now }: SigningInput,
): SignedDelivery | null {
  const { time } = scheme
  const timestamp = time?.unit === 'ms' ? String(now.getTime()) : String(Math.floor(now.getTime() / 1_000))
  const headers: Record<string, string> = {}
  if (time && 'header' in time.from) headers[time.from.header] = timestamp
  const parts = signedParts(scheme.signs)
  for (const name of signedHeaders(parts)) headers[name] ??= messageId
  const content = signedContent(parts, { body, timestamp, url: () => url, header: (name) => headers[name] ?? null })
  const bytes = content && signatureOf(scheme, Buffer.concat(content.map((part) => Buffer.from(part))), secret)
  if (!bytes) return null
  const signature = scheme.prefix + bytes.toString(scheme.encoding === 'base64' ? 'base64' : 'hex')
  const pair = time && 'prefix' in time.from ? `${time.from.prefix}${timestamp}${scheme.separator ?? ','}` : ''
  headers[scheme.header] = pair + signature
  return { headers, query: '' }
}

function signatureOf(scheme: SignedBytesScheme, content: Buffer, secret: string | KeyObject): Buffer | null {
  if (scheme.kind !== 'hmac-sha256') {
    return typeof secret === 'string' ? null : sign(scheme.kind === 'ed25519' ? null : 'sha256', content, secret)
  }
  const key = typeof secret === 'string' ? hmacKey(secret, scheme.secret) : null
  return key && createHmac('sha256', key).update(content).digest()
}
