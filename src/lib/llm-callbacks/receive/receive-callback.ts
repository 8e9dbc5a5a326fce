import { AppError } from '@/lib/http/app-error'
import { type Problem, problem } from '@/lib/http/problem'
import { toProblem } from '@/lib/http/to-problem'
import type { RejectionCounter } from '@/lib/rejected-deliveries/rejection-counter'
import { parseHmacSha256Hex, verifyHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import type { Source, Sources } from '@/lib/sources/source'
import type { Intake, Room } from './intake'
import { readCallback } from './read-callback'
import type { Recorder } from './recorder'
import { Rejection } from './rejection'

export type BodyLimits = { bytesMax: number; onBytes: (bytes: number) => void }

/** One HTTP request to a webhook URL, as an adapter sees it. */
export type InboundRequest = {
  method: string
  slug: string
  /** As in the request line, for the example that is kept of a rejected delivery. */
  target: string
  /** The sender's address, '' where it is unknown. */
  clientAddress: () => string
  /** The value of a header by its lower-case name; several of one name joined with ", ". */
  header: (name: string) => string | null
  /**
   * Reads the exact bytes of the body.
   * @param limits told of the bytes so far with each chunk, `onBytes` may refuse to go on by throwing.
   * @throws AppError `body_too_large` as soon as there are more than `bytesMax`.
   */
  readBody: (limits: BodyLimits) => Promise<Buffer>
}

export type Answer = Problem

export type ReceiveContext = {
  sources: Sources
  recorder: Recorder
  intake: Intake
  rejections: RejectionCounter
  bodyBytesMax: number
  now: () => Date
  /** Told of what nobody foresaw, with the reference that the sender got. */
  onUnexpected: (error: unknown, ref: string) => void
}

/**
 * Receives one delivery: limit, verify, read, record; 200 only for what is proven to be stored. Never throws: whatever
 * happens becomes an answer. Errors are `application/problem+json` (RFC 9457); every cause of a 401 has the same one.
 */
export async function receiveCallback(request: InboundRequest, context: ReceiveContext): Promise<Answer> {
  const source = context.sources.get(request.slug) ?? null
  let room: Room | null = null
  let bodyBytes = declaredBytes(request)
  try {
    if (!source) throw new Rejection('unknown_source', 'unknown_source', 'There is no such webhook.')
    const answer = answerMethod(request.method)
    if (answer) return answer
    if (bodyBytes !== null && bodyBytes > context.bodyBytesMax) throw bodyTooLarge(context.bodyBytesMax)
    const header = request.header(source.preset.signature.header)
    const parsed = parseHmacSha256Hex(header)
    if ('reason' in parsed) throw signatureInvalid(parsed.reason)
    const reserved = context.intake.reserve(bodyBytes)
    room = reserved
    const raw = await request.readBody({ bytesMax: context.bodyBytesMax, onBytes: reserved.ensure })
    bodyBytes = raw.length
    return await receiveBody({ raw, header: header ?? '', source, request, context })
  } catch (error) {
    if (error instanceof Rejection) countRejection(error, { source, bodyBytes, request, context })
    return toProblem(error, context.onUnexpected)
  } finally {
    room?.release()
  }
}

type RejectedInput = {
  source: Source | null
  bodyBytes: number | null
  request: InboundRequest
  context: ReceiveContext
}

function countRejection({ reason }: Rejection, { source, bodyBytes, request, context }: RejectedInput): void {
  context.rejections.count({
    source: source?.slug ?? '',
    reason,
    address: request.clientAddress(),
    target: request.target,
    bodyBytes,
    at: context.now(),
  })
}

type BodyInput = { raw: Buffer; header: string; source: Source; request: InboundRequest; context: ReceiveContext }

async function receiveBody({ raw, header, source, request, context }: BodyInput): Promise<Answer> {
  const verdict = verifyHmacSha256Hex({ body: raw, header, secrets: source.secrets })
  if (!verdict.verified) throw signatureInvalid(verdict.reason)
  const { callback, refusal } = readCallback({
    raw,
    contentEncoding: request.header('content-encoding'),
    source: source.slug,
    preset: source.preset,
    receivedAt: context.now(),
    signature: { header, scheme: source.preset.signature.scheme, secretId: verdict.secretId },
  })
  const recorded = await context.recorder.record(callback)
  if (refusal)
    throw new AppError(refusal.code, `${refusal.detail}. Its bytes are kept.`, { members: { id: recorded.id } })
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
    body: JSON.stringify({ received: true, ...recorded }),
  }
}

const allowedMethods = 'POST, OPTIONS'

/** The answer to what is no POST; null for a POST. No CORS header ever: browsers have no business here. */
function answerMethod(method: string): Answer | null {
  if (method === 'POST') return null
  if (method === 'OPTIONS') return { status: 204, headers: { allow: allowedMethods }, body: '' }
  return problem(405, {
    code: 'method_not_allowed',
    detail: 'Callbacks are sent with POST.',
    headers: { allow: allowedMethods },
  })
}

/** The body's declared length; null when it is sent in chunks. */
function declaredBytes(request: InboundRequest): number | null {
  const text = request.header('content-length')
  return text !== null && /^\d+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : null
}

export function bodyTooLarge(bodyBytesMax: number): Rejection {
  return new Rejection('body_too_large', 'too_large', `A body may have at most ${bodyBytesMax} bytes.`)
}

const reasonOfVerdict = {
  missing: 'signature_missing',
  malformed: 'signature_malformed',
  no_match: 'no_secret_matched',
} as const

function signatureInvalid(verdict: keyof typeof reasonOfVerdict): Rejection {
  const message = 'The signature is missing or does not fit the body.'
  return new Rejection('signature_invalid', reasonOfVerdict[verdict], message)
}
