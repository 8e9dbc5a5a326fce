import { createHash, hash } from 'node:crypto'
import type { Span } from '@/lib/json/scan-json'
import type { MappedField, Preset } from '@/lib/presets/preset'

type IdentityInput = {
  source: string
  preset: Preset
  event: string
  jobId: string
  fields: Readonly<Partial<Record<MappedField, string>>>
  contentDigest: Buffer
}

/**
 * Decides which deliveries are one callback. A retry rebuilds the body with a new timestamp and so is never told by its
 * bytes; one job says several things and so is not told by its job_id alone.
 * @returns the key of the identity, and the key that a callback of this identity with this content gets when other
 * content was first. Both are SHA-256, so that a job_id of 900 kB can't break an index.
 */
export function identityOf(input: IdentityInput): { deliveryKey: Buffer; variantKey: Buffer } {
  const extraFields = Object.hasOwn(input.preset.identity, input.event) ? input.preset.identity[input.event] : undefined
  const extras = extraFields?.map((field) => input.fields[field])
  const isNamed = extras?.every((extra) => extra !== undefined) ?? false
  const named = [input.source, input.jobId, input.event, ...(isNamed ? (extras as string[]) : [])]
  const variantKey = hashParts(['content', ...named], input.contentDigest)
  return { deliveryKey: isNamed ? hashParts(['event', ...named]) : variantKey, variantKey }
}

/**
 * The key of something that can't be read as a callback: its content is all it has, and why it can't be read. Without the
 * reason, what is left of a readable body without its timestamp (`{"a":1,}`) would be one with those very bytes.
 */
export function quarantineKey(source: string, reason: string, contentDigest: Buffer): Buffer {
  return hashParts(['quarantine', source, reason], contentDigest)
}

/**
 * SHA-256 of the bytes as they came, without the given spans. The spans are cut from the raw bytes and nothing is
 * serialised again: that would round numbers and reorder keys.
 */
export function digestContent(raw: Uint8Array, cut: readonly Span[]): Buffer {
  const sha256 = createHash('sha256')
  let from = 0
  for (const span of cut) {
    sha256.update(raw.subarray(from, span.start))
    from = span.end
  }
  return sha256.update(raw.subarray(from)).digest()
}

/** Each part goes in with its length before it, so that no two lists of parts hash alike. UTF-16 keeps lone surrogates. */
function hashParts(parts: readonly string[], digest?: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + 4 + part.length * 2, digest?.length ?? 0))
  let end = 0
  for (const part of parts) {
    end = bytes.writeUInt32BE(part.length * 2, end)
    end += bytes.write(part, end, 'utf16le')
  }
  digest?.copy(bytes, end)
  return hash('sha256', bytes, 'buffer')
}
