/** How many bytes a signature has, and how they are written. */
export type Encoding = 'hex' | 'lower-case hex' | 'base64'

/** Names a secret's text may have, and what of it is the key. */
export type SecretFormat =
  /** The UTF-8 bytes of the whole secret. */
  | 'utf8'
  /** Standard Webhooks: base64, with or without `whsec_` before it. */
  | 'base64'
  /** OpenAI's SDK: base64 behind `whsec_`, the UTF-8 bytes of one without it. */
  | 'base64 behind whsec_'

export type Tolerance = { pastSeconds: number; futureSeconds: number }

/** The time that the sender signed with. Without one a captured delivery can be sent again at any time. */
export type SignedTime = Tolerance & {
  /** A header of its own, or a pair of the signature's header by what precedes its value (`t=`). */
  from: { header: string } | { prefix: string }
  unit: 's' | 'ms'
}

/** What is signed beside the body, and where the signature stands: common to all that sign bytes. */
type SignedBytes = {
  /** Kept with each callback that it verified. */
  name: string
  /** The header that holds the signature, or several; in lower case. */
  header: string
  encoding: Encoding
  /** What precedes a signature in the header, compared without regard to case: `sha256=`, `v1,`, `v0=`, ''. */
  prefix: string
  /** What stands between several signatures, or between the pairs of the header. Without one there is one signature. */
  separator?: ',' | ' '
  /** A header with more than this many parts is refused before anything is computed. 5 unless told otherwise. */
  partsMax?: number
  time?: SignedTime
  /**
   * The bytes that are signed: `{body}`, `{bodySha256}` (hexadecimal), `{timestamp}` (as it was sent), `{url}` (under which the
   * sender knows us), and any header by its lower-case name. Everything else stands for itself.
   */
  signs: string
  /** A signed header that is the same at every retry of one message, and of no other. */
  messageId?: string
}

/** HMAC with SHA-256 (RFC 2104) under a secret that both sides know. */
export type HmacScheme = SignedBytes & { kind: 'hmac-sha256'; secret: SecretFormat }

/** A signature by the sender's private key: Ed25519 (RFC 8032), or RSA PKCS #1 v1.5 with SHA-256 (RFC 8017). */
export type PublicKeyScheme = SignedBytes & {
  kind: 'ed25519' | 'rsa-sha256'
  /** The key is a secret of the source (`whpk_` and base64, or PEM), or one of a set that the sender publishes (RFC 7517). */
  key: 'whpk_' | 'pem' | { jwksUrl: string }
}

export type SignedBytesScheme = HmacScheme | PublicKeyScheme

/** A JSON Web Token (RFC 7519) in a header. */
export type JwtScheme = {
  kind: 'jwt'
  name: string
  header: string
  algorithm: 'HS256' | 'RS256'
  /** HS256: the secret's UTF-8 bytes. RS256: a set that the sender publishes. */
  key: 'utf8' | { jwksUrl: string }
  issuer?: string
  /** Whether `sub` must be the URL under which the sender knows us, and `aud` what the source expects there. */
  subjectIsUrl?: boolean
  hasAudience?: boolean
  /** The claim that binds the token to the body: base64url of its SHA-256. Without one the body is not signed. */
  bodyDigestClaim?: string
}

/** A secret that is sent as it is: whoever sees one delivery can send any. The body is not signed. */
export type TokenScheme = {
  kind: 'token'
  name: string
  in: 'header' | 'bearer' | 'basic' | 'query' | 'body'
  /** Of the header or the query's parameter; of the member of the body, its path joined with `/`. */
  at?: string
}

/** How one kind of sender proves that a delivery is its own. Data only. */
export type SignatureScheme = SignedBytesScheme | JwtScheme | TokenScheme

/** Whether a scheme proves that the body is the sender's, and not only that the sender's token came with it. */
export function signsBody(scheme: SignatureScheme): boolean {
  if (scheme.kind === 'token') return false
  return scheme.kind !== 'jwt' || scheme.bodyDigestClaim !== undefined
}
