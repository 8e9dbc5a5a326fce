import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { llmCallbacks } from '../../src/db/schema/llm-callbacks'

type Row = typeof llmCallbacks.$inferInsert

/** What people write: the signature over the raw body, compared in constant time. */
export function isSigned(body: Buffer, header: string | null | undefined, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const given = Buffer.from(header ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The row that Callboard would store, read the short way: no limits, no scan for duplicate keys, no variants. */
export function rowOf(body: Buffer, header: string): Row {
  const text = body.toString()
  const payload = JSON.parse(text)
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest()
  return {
    id: randomUUID(),
    source: 'llm-callback',
    deliveryKey: digest(`${payload.job_id}:${payload.event}`),
    contentDigest: digest(body),
    eventType: payload.event,
    status: payload.status,
    workflowName: payload.workflow_name,
    externalJobId: payload.job_id,
    eventTime: new Date(payload.timestamp),
    raw: body,
    payload,
    payloadState: 'stored',
    payloadPreview: text.slice(0, 280),
    signatureValid: true,
    signatureHeader: header,
    signatureScheme: 'hmac-sha256-hex',
    verifiedAt: new Date(),
  }
}
