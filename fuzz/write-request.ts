import { createHmac } from 'node:crypto'
import type { Delivery, SignatureStyle } from './delivery'

export type FuzzSecrets = { first: string; other: string }

const requestLine = 'POST /api/webhooks/llm-callback HTTP/1.1'
const chunkBytes = 997

/** The bytes of the HTTP request that carries a delivery. Signed with node:crypto alone. */
export function writeRequest(delivery: Delivery, secrets: FuzzSecrets): Buffer[] {
  const { body, headers, signatureStyle, isChunked } = delivery
  const secret = signatureStyle === 'other_secret' ? secrets.other : secrets.first
  const hex = createHmac('sha256', secret).update(body).digest('hex')
  const lines = [
    requestLine,
    'Host: localhost',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...signatureValues(hex, signatureStyle).map((value) => `X-Webhook-Signature: ${value}`),
    isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`,
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return isChunked ? [head, ...inChunks(body)] : [head, body]
}

function signatureValues(hex: string, style: SignatureStyle): string[] {
  const wrong = `sha256=${'0'.repeat(64)}`
  switch (style) {
    case 'upper_case':
      return [`sha256=${hex.toUpperCase()}`]
    case 'upper_case_scheme':
      return [`SHA256=${hex}`]
    case 'blanks':
      return [` \t sha256=${hex}  `]
    case 'first_of_list':
      return [`sha256=${hex}, v1=x\u00ff, ${wrong}`]
    case 'last_of_list':
      return [`${wrong},${wrong},,junk,sha256=${hex}`]
    case 'second_header':
      return [wrong, `sha256=${hex}`]
    default:
      return [`sha256=${hex}`]
  }
}

function inChunks(body: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; at += chunkBytes) {
    const part = body.subarray(at, at + chunkBytes)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return [...parts, Buffer.from('0\r\n\r\n')]
}
