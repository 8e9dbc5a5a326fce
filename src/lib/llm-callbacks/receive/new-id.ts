import { randomBytes } from 'node:crypto'
import type { LLMCallbackId } from '../schemas'

/** Makes a UUIDv7 (RFC 9562 section 5.7): ids made later sort later, so that the primary key grows at one end. */
export function newLLMCallbackId(now: Date): LLMCallbackId {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-') as LLMCallbackId
}
