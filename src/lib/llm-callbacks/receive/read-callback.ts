import { isUtf8 } from 'node:buffer'
import type { ErrorCode } from '@/lib/http/app-error'
import { type JsonScan, scanJson } from '@/lib/json/scan-json'
import { describeByte, JsonSyntaxError } from '@/lib/json/scan-tokens'
import { type Preset, pathsOf } from '@/lib/presets/preset'
import type { Verified } from '@/lib/signatures/verifier'
import type { CallbackCondition } from '../vocabulary'
import { digestContent, identityOf, quarantineKey } from './identity'
import type { NewLLMCallback } from './new-callback'
import { newLLMCallbackId } from './new-id'
import { parseEventTime } from './parse-event-time'
import { previewOf } from './preview'
import { columnText, decimalText, type FieldTexts, readFields, statusOf, wholeNumber } from './read-fields'

/** Why a signed body can't be read as a callback. */
export type QuarantineReason = ErrorCode & CallbackCondition

export type Delivery = {
  raw: Buffer
  contentEncoding: string | null
  source: string
  preset: Preset
  receivedAt: Date
  signature: Verified
  /** What stands beside this part of the body, for all parts. */
  shared?: FieldTexts
}

export type ReadCallback = {
  callback: NewLLMCallback
  /** Set when the callback goes into quarantine: what the sender is told. */
  refusal: { code: QuarantineReason; detail: string } | null
}

export const jsonbDepthMax = 2_000
const errorMessageCodePointsMax = 2_000
const clockSkewMs = 5 * 60_000

/** What PostgreSQL's jsonb can't hold: such a callback has its bytes and no view of them. */
const unstorable: ReadonlySet<string> = new Set([
  'nul',
  'lone_surrogate',
  'non_finite_number',
  'number_out_of_range',
  'too_deep',
])

/**
 * Reads a verified body as one callback. Never throws: what can't be read is quarantined with its bytes and the reason.
 * Walks the body once and keeps no tree of it.
 */
export function readCallback(delivery: Delivery): ReadCallback {
  const { raw, preset } = delivery
  const encoding = encodingOf(delivery)
  if (encoding !== null) {
    return quarantine(
      delivery,
      'content_encoding',
      `The body has Content-Encoding "${encoding.slice(0, 32)}"; send it unencoded`,
    )
  }
  if (raw.length === 0) return quarantine(delivery, 'empty_body', 'The body is empty')
  if (!isUtf8(raw)) return quarantine(delivery, 'not_utf8', `The body is not UTF-8: ${describeInvalidUtf8(raw)}`)
  let scan: JsonScan
  try {
    scan = scanJson(raw, jsonStart(raw), { fields: preset.wanted, cut: preset.volatile ?? [], depthMax: jsonbDepthMax })
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    return quarantine(delivery, 'not_json', `The body is not JSON: ${error.message} at byte ${error.byteOffset}`)
  }
  if (!scan.isObject) return quarantine(delivery, 'not_a_callback', 'The body is JSON but not an object', scan)
  const fields = { ...delivery.shared, ...readFields(raw, scan, preset) }
  const missing = preset.required?.find((field) => fields[field] === undefined)
  if (missing) {
    const [rule] = preset.fields[missing] ?? []
    return quarantine(delivery, 'not_a_callback', `The body has no "${rule ? pathsOf(rule)[0] : missing}"`, scan)
  }
  return { callback: mapCallback(delivery, scan, fields), refusal: null }
}

/** How the body is encoded; null where it is sent as it is. */
export function encodingOf({ contentEncoding }: Delivery): string | null {
  const encoding = contentEncoding?.trim().toLowerCase()
  return encoding && encoding !== 'identity' ? encoding : null
}

/** Where the JSON begins: behind a byte order mark, if there is one. */
export function jsonStart(raw: Buffer): number {
  return raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0
}

function mapCallback(delivery: Delivery, scan: JsonScan, fields: FieldTexts): NewLLMCallback {
  const { raw, preset, source } = delivery
  const { id, signatureHeader, signatureScheme, secretId, verifiedAt } = common(delivery)
  const contentDigest = digestContent(raw, scan.cut)
  const { messageId } = delivery.signature
  const { deliveryKey, variantKey } = identityOf({ source, preset, fields, messageId, contentDigest })
  const eventTime = fields.eventTime === undefined ? null : parseEventTime(fields.eventTime)
  const preview = preset.preview === undefined ? undefined : scan.fields.get(preset.preview)
  // Member by member: objects spread into one with so many take as long as everything else here.
  return {
    id,
    source,
    variantOf: null,
    raw,
    signatureHeader,
    signatureScheme,
    secretId,
    verifiedAt,
    deliveryKey,
    variantKey,
    contentDigest,
    callbackId: columnText(messageId ?? fields.jobId),
    eventType: columnText(fields.event),
    status: statusOf(fields, preset),
    workflowName: columnText(fields.workflowName),
    externalJobId: columnText(fields.jobId),
    stepId: columnText(fields.stepId),
    errorMessage: columnText(fields.errorMessage, errorMessageCodePointsMax),
    eventTime,
    durationMs: wholeNumber(fields.durationMs),
    tokensTotal: wholeNumber(fields.tokensTotal),
    costUsd: decimalText(fields.costUsd),
    payloadState: isStorable(scan) ? 'stored' : 'raw_only',
    payloadPreview: previewOf(preview ? raw.subarray(preview.start, preview.end) : raw),
    conditions: [...scan.remarks, ...timeConditions(eventTime, delivery), ...tokenCondition(delivery)],
  }
}

function isStorable({ remarks }: JsonScan): boolean {
  for (const remark of remarks) if (unstorable.has(remark)) return false
  return true
}

function tokenCondition({ signature }: Delivery): CallbackCondition[] {
  return signature.isBodySigned ? [] : ['token_only']
}

function timeConditions(eventTime: string | null, { preset, receivedAt }: Delivery): CallbackCondition[] {
  // Some senders give no time at all, which is no remark on this callback.
  if (eventTime === null) return preset.fields.eventTime ? ['time_unreadable'] : []
  return Math.abs(Date.parse(eventTime) - receivedAt.getTime()) > clockSkewMs ? ['clock_skew'] : []
}

export function quarantine(delivery: Delivery, code: QuarantineReason, detail: string, scan?: JsonScan): ReadCallback {
  const contentDigest = digestContent(delivery.raw, scan?.cut ?? [])
  const key = quarantineKey(delivery.source, code, contentDigest)
  const callback: NewLLMCallback = {
    ...common(delivery),
    callbackId: null,
    deliveryKey: key,
    variantKey: () => key,
    contentDigest,
    eventType: null,
    status: 'unknown',
    workflowName: null,
    externalJobId: null,
    stepId: null,
    errorMessage: columnText(detail),
    eventTime: null,
    durationMs: null,
    tokensTotal: null,
    costUsd: null,
    payloadState: 'quarantined',
    payloadPreview: isUtf8(delivery.raw) ? (columnText(previewOf(delivery.raw)) ?? '') : '',
    conditions: [code, ...tokenCondition(delivery)],
  }
  return { callback, refusal: { code, detail } }
}

function common({ raw, source, receivedAt, signature }: Delivery) {
  return {
    id: newLLMCallbackId(receivedAt),
    source,
    variantOf: null,
    raw,
    signatureHeader: columnText(signature.header ?? undefined),
    signatureScheme: signature.scheme,
    secretId: signature.secretId,
    verifiedAt: receivedAt.toISOString(),
  }
}

/** Names the first byte that no UTF-8 text can have there: where the decoder put U+FFFD and the sender did not. */
function describeInvalidUtf8(raw: Buffer): string {
  const text = raw.toString('utf8')
  let offset = 0
  let from = 0
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at))
    if (raw[offset] !== 0xef || raw[offset + 1] !== 0xbf || raw[offset + 2] !== 0xbd) break
    offset += 3
    from = at + 1
  }
  return `unexpected ${describeByte(raw[offset] ?? 0)} at byte ${offset}`
}
