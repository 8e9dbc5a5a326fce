import { randomUUID } from 'node:crypto'
import { type ReadDelivery, readDelivery } from '@/lib/llm-callbacks/receive/read-delivery'
import type { Preset } from '@/lib/presets/preset'

/** Reads a body as this sender's, as if its signature had been verified. */
export function read(
  preset: Preset,
  body: unknown,
  messageId: string | null = null,
  contentEncoding: string | null = null,
): ReadDelivery {
  return readDelivery({
    raw: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    contentEncoding,
    source: 'tested',
    preset,
    receivedAt: new Date(),
    signature: { header: null, scheme: 'tested', secretId: randomUUID(), messageId, isBodySigned: true },
  })
}

/** The one callback that a body holds. */
export function readOne(preset: Preset, body: unknown, messageId: string | null = null) {
  const { callbacks, refusal } = read(preset, body, messageId)
  const [callback, ...others] = callbacks
  if (!callback || others.length > 0 || refusal)
    throw new Error(`not one callback: ${refusal?.detail ?? others.length}`)
  return callback
}

/** By what a delivery is told from others, and whether it says the same. */
export function identityOf(preset: Preset, body: unknown, messageId: string | null = null) {
  const { deliveryKey, contentDigest } = readOne(preset, body, messageId)
  return { key: deliveryKey, content: contentDigest }
}
