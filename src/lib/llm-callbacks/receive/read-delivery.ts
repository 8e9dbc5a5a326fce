import { isUtf8 } from 'node:buffer'
import { type JsonScan, scanJson } from '@/lib/json/scan-json'
import { JsonSyntaxError } from '@/lib/json/scan-tokens'
import type { NewLLMCallback } from './new-callback'
import {
  type Delivery,
  encodingOf,
  jsonbDepthMax,
  jsonStart,
  type QuarantineReason,
  quarantine,
  readCallback,
} from './read-callback'
import { readFields } from './read-fields'

/** More than any sender puts into one POST, and few enough to be stored before its patience ends. */
const partsMax = 1_000

export type ReadDelivery = {
  /** One, or as many as the sender put into one request. */
  callbacks: NewLLMCallback[]
  /** Set when the whole goes into quarantine: what the sender is told. */
  refusal: { code: QuarantineReason; detail: string } | null
}

/**
 * Reads a verified body as the callbacks that it holds: one, or for senders that put several into one request as many, each with the
 * exact bytes of its own part. A part that can't be read is quarantined alone.
 */
export function readDelivery(delivery: Delivery): ReadDelivery {
  const { raw, preset } = delivery
  const { parts } = preset
  const scan = parts ? scanParts(delivery) : null
  if (!parts || !scan || scan.elements.length === 0) return single(readCallback(delivery))
  if (scan.elements.length > partsMax) {
    const detail = `The body has ${scan.elements.length} "${parts.path}"; at most ${partsMax} are read`
    return single(quarantine(delivery, 'not_a_callback', detail))
  }
  const shared = readFields(raw, scan, { ...preset, fields: parts.shared })
  const callbacks = scan.elements.map(
    ({ start, end }) => readCallback({ ...delivery, raw: raw.subarray(start, end), shared }).callback,
  )
  return { callbacks, refusal: null }
}

function single({ callback, refusal }: ReturnType<typeof readCallback>): ReadDelivery {
  return { callbacks: [callback], refusal }
}

/** Null where the body can't be read at all, which is said when it is read as one. */
function scanParts(delivery: Delivery): JsonScan | null {
  const { raw, preset } = delivery
  if (encodingOf(delivery) !== null || !isUtf8(raw)) return null
  try {
    const wanted = { fields: preset.wanted, cut: [], depthMax: jsonbDepthMax, elements: preset.parts?.path }
    return scanJson(raw, jsonStart(raw), wanted)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}
