import { randomUUID } from 'node:crypto'
import type { LLMCallbackId } from '../schemas'

/** Makes a UUIDv7 (RFC 9562 section 5.7): ids made later sort later, so that the primary key grows at one end. */
export function newLLMCallbackId(now: Date): LLMCallbackId {
  const time = now.getTime().toString(16).padStart(12, '0')
  // Of a UUIDv4, which Node draws from random bytes that it keeps ready, everything after the version stays.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}` as LLMCallbackId
}
