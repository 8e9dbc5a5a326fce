import type { KeyObject } from 'node:crypto'
import type { SignatureScheme } from './scheme'
import { jwtReader } from './verify-jwt'
import { signedBytesReader } from './verify-signed-bytes'
import { tokenReader } from './verify-token'

/** A secret that may be live beside others, and the id by which a stored callback names it. */
export type LiveSecret = { id: string; secret: string; expiresAt?: Date | null }

/** A key that a sender publishes (RFC 7517). */
export type PublishedKey = { keyId: string | null; key: KeyObject }

/** `isWhole` is false while they were never fetched: what no key here verifies may still be genuine. */
export type PublishedKeySet = { keys: readonly PublishedKey[]; isWhole: boolean }

/** What a scheme is verified against. */
export type Trust = {
  secrets: readonly LiveSecret[]
  /** The keys published at a URL. Never waits. */
  publishedKeys: (jwksUrl: string) => PublishedKeySet
  /** Under which the sender knows us, for the schemes that sign it. */
  url: () => string
  /** What `aud` must be, for the tokens that have one. */
  audience: string | null
}

/** What of a request may carry a signature. */
export type SignedRequest = {
  /** By its lower-case name. */
  header: (name: string) => string | null
  /** The request target, for a token in its query. */
  target: string
}

export type Verified = {
  /** Null where the sender's published key verified it. */
  secretId: string | null
  scheme: string
  /** The signature's header as it came; null where that is the secret itself. */
  header: string | null
  /** The message's id, where the scheme signs one. */
  messageId: string | null
  isBodySigned: boolean
}

/** Why nothing that a request brings can verify it, whatever its body is. */
export type Unverifiable = 'missing' | 'malformed' | 'out_of_time'

/** Null where nothing fits; `keys_unavailable` where that can't be said yet. */
export type Verdict = Verified | null | 'keys_unavailable'

/** Verifies the body. */
export type BodyCheck = (body: Buffer) => Verdict | Promise<Verdict>

/** Looks at a request before its body is read. */
export type Reader = (request: SignedRequest, now: Date) => BodyCheck | Unverifiable

/** The more a reason says, the later it stands. */
const byWeight: readonly Unverifiable[] = ['missing', 'malformed', 'out_of_time']

/**
 * Makes what verifies the deliveries of one source. Whatever a request brings for any of the schemes is tried with every live secret,
 * in constant time for a given number of both: the time tells neither how much of a signature was right nor which secret fitted.
 * Pure: no clock but the argument, no network, no environment.
 */
export function createVerifier(schemes: readonly SignatureScheme[], trust: Trust): Reader {
  const readers = schemes.map((scheme) => readerOf(scheme, trust))
  const [only] = readers
  if (only && readers.length === 1) return only
  return (request, now) => {
    const read = readers.map((reader) => reader(request, now))
    const checks = read.filter((one) => typeof one === 'function')
    if (checks.length === 0) return byWeight.findLast((reason) => read.includes(reason)) ?? 'missing'
    return async (body) => {
      const verdicts = await Promise.all(checks.map((check) => check(body)))
      const isVerified = (verdict: Verdict) => verdict !== null && verdict !== 'keys_unavailable'
      return verdicts.find(isVerified) ?? verdicts.find((verdict) => verdict !== null) ?? null
    }
  }
}

function readerOf(scheme: SignatureScheme, trust: Trust): Reader {
  if (scheme.kind === 'token') return tokenReader(scheme, trust)
  return scheme.kind === 'jwt' ? jwtReader(scheme, trust) : signedBytesReader(scheme, trust)
}
