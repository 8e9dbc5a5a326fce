import { randomUUID } from 'node:crypto'
import type { NewLLMCallback } from '@/lib/llm-callbacks/receive/new-callback'
import { readCallback } from '@/lib/llm-callbacks/receive/read-callback'
import { native } from '@/lib/presets/native'
import { hexHmac } from './webhook-bodies'

/** A body as the receive path hands it to the recorder. */
export function nativeCallback(raw: Buffer): NewLLMCallback {
  return readCallback({
    raw,
    contentEncoding: null,
    source: 'llm-callback',
    preset: native,
    receivedAt: new Date(),
    signature: {
      header: `sha256=${hexHmac(raw)}`,
      scheme: 'hmac-sha256-hex',
      secretId: randomUUID(),
      messageId: null,
      isBodySigned: true,
    },
  }).callback
}
