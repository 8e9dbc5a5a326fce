import { createHash, timingSafeEqual } from 'node:crypto'
import { scanJson } from '@/lib/json/scan-json'
import { JsonSyntaxError } from '@/lib/json/scan-tokens'
import { signsBody, type TokenScheme } from './scheme'
import type { Reader, SignedRequest, Trust } from './verifier'

/** Verifies a secret that is sent as it is. Digests are compared, so that nothing is told of the secret's length either. */
export function tokenReader(scheme: TokenScheme, { secrets }: Trust): Reader {
  const known = secrets.map(({ id, secret, expiresAt = null }) => ({ id, expiresAt, digest: sha256(secret) }))
  return (request, now) => {
    const token = scheme.in === 'body' ? null : tokenOf(scheme, request)
    if (scheme.in !== 'body' && !token) return 'missing'
    return (body) => {
      const sent = token ?? tokenInBody(body, scheme.at ?? '')
      if (!sent) return null
      const digest = sha256(sent)
      let secretId: string | null = null
      for (const secret of known) {
        const isLive = secret.expiresAt === null || secret.expiresAt > now
        if (timingSafeEqual(secret.digest, digest) && isLive) secretId ??= secret.id
      }
      return secretId === null
        ? null
        : { secretId, scheme: scheme.name, header: null, messageId: null, isBodySigned: signsBody(scheme) }
    }
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The token that a request brings, wherever its scheme says; null where there is none. */
export function tokenOf({ in: place, at = '' }: TokenScheme, { header, target }: SignedRequest): string | null {
  if (place === 'header') return header(at)?.trim() ?? null
  if (place === 'query') return new URLSearchParams(target.split('?')[1] ?? '').get(at)
  const [, kind = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(header('authorization')?.trim() ?? '') ?? []
  if (kind.toLowerCase() !== place) return null
  return place === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : credentials
}

/** Walks the body without building anything of it: it is nobody's yet. */
function tokenInBody(body: Buffer, path: string): string | null {
  const fields = path.split('/').reduceRight<Record<string, unknown> | true>((inner, key) => ({ [key]: inner }), true)
  try {
    const span = scanJson(body, 0, { fields: fields as never, cut: [], depthMax: 64 }).fields.get(path)
    const text = span ? body.toString('utf8', span.start, span.end) : ''
    return text.startsWith('"') ? JSON.parse(text) : null
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof SyntaxError) return null
    throw error
  }
}
