import { addressBlock } from '@/lib/http/address-block'
import { AppError } from '@/lib/http/app-error'
import { type Problem, problem } from '@/lib/http/problem'
import { toProblem } from '@/lib/http/to-problem'
import { parseHmacSha256Hex, verifyHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import type { Source, Sources } from '@/lib/sources/source'
import type { Intake, Room } from './intake'
import { readCallback } from './read-callback'
import type { Recorder } from './recorder'

export type BodyLimits = { bytesMax: number; onBytes: (bytes: number) => void }

/** One HTTP request to a webhook URL, as an adapter sees it. */
export type InboundRequest = {
  method: string
  slug: string
  /** The client's address, as far as it can be believed; null where an adapter can't know it. */
  clientAddress: string | null
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
  let room: Room | null = null
  try {
    const source = context.sources.get(request.slug)
    if (!source) throw new AppError('unknown_source', 'There is no such webhook.')
    const answer = answerMethod(request.method)
    if (answer) return answer
    const declared = declaredBytes(request, context.bodyBytesMax)
    const header = request.header(source.preset.signature.header)
    if ('reason' in parseHmacSha256Hex(header)) throw signatureInvalid()
    const client = request.clientAddress === null ? null : addressBlock(request.clientAddress)
    const reserved = context.intake.reserve(declared, client)
    room = reserved
    const raw = await request.readBody({ bytesMax: context.bodyBytesMax, onBytes: reserved.ensure })
    return await receiveBody({ raw, header: header ?? '', source, request, context })
  } catch (error) {
    return toProblem(error, context.onUnexpected)
  } finally {
    room?.release()
  }
}

type BodyInput = { raw: Buffer; header: string; source: Source; request: InboundRequest; context: ReceiveContext }

async function receiveBody({ raw, header, source, request, context }: BodyInput): Promise<Answer> {
  const verdict = verifyHmacSha256Hex({ body: raw, header, secrets: source.secrets })
  if (!verdict.verified) throw signatureInvalid()
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

/** The body's declared length; null when it is sent in chunks. One that is too long is refused before it is read. */
function declaredBytes(request: InboundRequest, bodyBytesMax: number): number | null {
  const text = request.header('content-length')
  if (text === null || !/^\d+$/.test(text)) return null
  if (Number(text) > bodyBytesMax) throw bodyTooLarge(bodyBytesMax)
  return Number(text)
}

export function bodyTooLarge(bodyBytesMax: number): AppError {
  return new AppError('body_too_large', `A body may have at most ${bodyBytesMax} bytes.`)
}

function signatureInvalid(): AppError {
  return new AppError('signature_invalid', 'The signature is missing or does not fit the body.')
}
