import { createHash } from 'node:crypto'
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { type JwtScheme, signsBody } from './scheme'
import type { Reader, Trust } from './verifier'

/** The clocks of both sides may be this far apart. */
const clockToleranceSeconds = 60
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/

type Key = { id: string | null; key: Parameters<typeof jwtVerify>[1] }

/** Verifies a JSON Web Token, and the body where the token holds its digest. */
export function jwtReader(scheme: JwtScheme, trust: Trust): Reader {
  return (request, now) => {
    const token = request.header(scheme.header)?.trim()
    if (!token) return 'missing'
    if (!shape.test(token)) return 'malformed'
    const { keys, isWhole } = keysFor(scheme, token, trust, now)
    return async (body) => {
      for (const { id, key } of keys) {
        const claims = await claimsOf({ token, key, scheme, trust, now })
        if (!claims || !fitsBody(scheme, claims, body)) continue
        return { secretId: id, scheme: scheme.name, header: token, messageId: null, isBodySigned: signsBody(scheme) }
      }
      return isWhole ? null : 'keys_unavailable'
    }
  }
}

function keysFor(scheme: JwtScheme, token: string, trust: Trust, now: Date): { keys: Key[]; isWhole: boolean } {
  if (scheme.key === 'utf8') {
    const live = trust.secrets.filter(({ expiresAt }) => !expiresAt || expiresAt > now)
    return { keys: live.map(({ id, secret }) => ({ id, key: Buffer.from(secret, 'utf8') })), isWhole: true }
  }
  const { keys, isWhole } = trust.publishedKeys(scheme.key.jwksUrl)
  const keyId = keyIdOf(token)
  return { keys: keys.filter((key) => key.keyId === keyId).map(({ key }) => ({ id: null, key })), isWhole }
}

function keyIdOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null
  } catch {
    return null
  }
}

type ClaimsInput = { token: string; key: Key['key']; scheme: JwtScheme; trust: Trust; now: Date }

async function claimsOf({ token, key, scheme, trust, now }: ClaimsInput): Promise<JWTPayload | null> {
  // Any token that the sender signs for anybody would do without the audience.
  if (scheme.hasAudience && trust.audience === null) return null
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [scheme.algorithm],
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
      ...(scheme.issuer && { issuer: scheme.issuer }),
      ...(scheme.subjectIsUrl && { subject: trust.url() }),
      ...(scheme.hasAudience && trust.audience !== null && { audience: trust.audience }),
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null
    throw error
  }
}

function fitsBody(scheme: JwtScheme, claims: JWTPayload, body: Buffer): boolean {
  if (scheme.bodyDigestClaim === undefined) return true
  const claim = claims[scheme.bodyDigestClaim]
  // Some write the padding, some don't.
  return typeof claim === 'string' && claim.replace(/=+$/, '') === createHash('sha256').update(body).digest('base64url')
}
