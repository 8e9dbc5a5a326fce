import { hash } from 'node:crypto'
import type { Span } from '@/lib/json/scan-json'
import type { Identity, MappedField, Preset } from '@/lib/presets/preset'

type IdentityInput = {
  source: string
  preset: Preset
  fields: Readonly<Partial<Record<MappedField, string>>>
  /** The id that the sender signed with the message; null where it signs none. */
  messageId: string | null
  contentDigest: string
}

/**
 * Decides which deliveries are one callback. A retry rebuilds the body with a new timestamp and so is never told by its
 * bytes; one job says several things and so is not told by its job_id alone.
 * @returns the key of the identity, and the key that a callback of this identity with this content gets when other
 * content was first. Both are SHA-256 in hexadecimal, so that a job_id of 900 kB can't break an index.
 */
export function identityOf(input: IdentityInput): { deliveryKey: string; variantKey: () => string } {
  const { source, preset, fields, messageId, contentDigest } = input
  if (preset.identity === 'message id' && messageId !== null) {
    const named = ['message', source, messageId]
    return { deliveryKey: hashParts(named), variantKey: () => hashParts(['content', ...named], contentDigest) }
  }
  const { jobId, event } = fields
  const extras = extraFields(preset.identity, event)?.map((field) => fields[field])
  const isNamed = (jobId !== undefined && extras?.every((extra) => extra !== undefined)) ?? false
  const named = [source, jobId ?? '', event ?? '', ...(isNamed ? (extras as string[]) : [])]
  const variantKey = () => hashParts(['content', ...named], contentDigest)
  return { deliveryKey: isNamed ? hashParts(['event', ...named]) : variantKey(), variantKey }
}

/** What makes up the identity beside job and event; null where the content does. */
function extraFields(identity: Identity, event = ''): readonly MappedField[] | null {
  if (typeof identity === 'string') return null
  if (!('byEvent' in identity)) return identity
  return (Object.hasOwn(identity.byEvent, event) ? identity.byEvent[event] : null) ?? null
}

/**
 * The key of something that can't be read as a callback: its content is all it has, and why it can't be read. Without the
 * reason, what is left of a readable body without its timestamp (`{"a":1,}`) would be one with those very bytes.
 */
export function quarantineKey(source: string, reason: string, contentDigest: string): string {
  return hashParts(['quarantine', source, reason], contentDigest)
}

/**
 * SHA-256, in hexadecimal, of the bytes as they came without the given spans. The spans are cut from the raw bytes and nothing is
 * serialised again: that would round numbers and reorder keys.
 */
export function digestContent(raw: Uint8Array, cut: readonly Span[]): string {
  if (cut.length === 0) return hash('sha256', raw)
  const kept: Uint8Array[] = []
  let from = 0
  for (const span of cut) {
    kept.push(raw.subarray(from, span.start))
    from = span.end
  }
  kept.push(raw.subarray(from))
  return hash('sha256', Buffer.concat(kept))
}

/** Each part goes in with its length before it, so that no two lists of parts hash alike. UTF-16 keeps lone surrogates. */
function hashParts(parts: readonly string[], digest = ''): string {
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + 4 + part.length * 2, digest.length / 2))
  let end = 0
  for (const part of parts) {
    end = bytes.writeUInt32BE(part.length * 2, end)
    end += bytes.write(part, end, 'utf16le')
  }
  bytes.write(digest, end, 'hex')
  return hash('sha256', bytes)
}
