import { randomBytes, randomUUID } from 'node:crypto'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'

const standardBytes = 1_024
const wholeSignature = `sha256=${'5'.repeat(64)}`

/** A verdict of 1 KB or as said, different from every other, signed, as the whole request that its sender writes. */
export function signedRequest(secret: string, bodyBytes = standardBytes, jobId: string = randomUUID()): Buffer {
  const body = verdict(bodyBytes, jobId)
  return toRequest(body, [`x-webhook-signature: ${signHmacSha256Hex(Buffer.from(body), secret)}`])
}

/** The n-th forged one: in turn without a signature, with one of no known form, and with one that no secret made. */
export function forgedRequest(n: number): Buffer {
  const body = verdict()
  const signature = [null, 'sha256=guess', wholeSignature][n % 3]
  return toRequest(body, signature ? [`x-webhook-signature: ${signature}`] : [])
}

/** A body as a workflow's engine sends it at the end; its text fills what is left of its size. */
export function verdict(bodyBytes = standardBytes, jobId: string = randomUUID()): string {
  const members = {
    event: 'workflow.completed',
    job_id: jobId,
    status: 'completed',
    timestamp: new Date().toISOString(),
    workflow_name: 'emergency_contacts',
  }
  const bare = JSON.stringify({ ...members, result: { text: '' } }).length
  return JSON.stringify({ ...members, result: { text: randomBytes(bodyBytes).toString('hex').slice(bare, bodyBytes) } })
}

function toRequest(body: string, headers: string[]): Buffer {
  const lines = [
    'POST /api/webhooks/llm-callback HTTP/1.1',
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
