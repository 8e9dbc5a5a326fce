import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '@/lib/http/problem'

/** How long, and for how many bytes, an answered sender may go on sending before it is cut off. */
const lingerMs = 500
const lingerBytesMax = 4 * 1024 * 1024

/**
 * Sends an answer. Where the body was not read to its end the connection closes after it, but not at once: a sender that
 * is still writing would meet a reset and never see why it was refused (RFC 9112 section 9.6).
 */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Problem): void {
  if (response.destroyed) return
  // As text it goes out with the headers in one write; as bytes it would be a second one.
  const { body } = answer
  const length = answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  const headers = { ...answer.headers, ...length, 'x-content-type-options': 'nosniff' }
  if (request.complete || request.method !== 'POST') {
    response.writeHead(answer.status, headers).end(body)
    return
  }
  response.writeHead(answer.status, { ...headers, connection: 'close' })
  response.write(body)
  let bytes = 0
  const finish = () => {
    clearTimeout(timer)
    request.off('data', onData)
    response.end()
  }
  const onData = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > lingerBytesMax) finish()
  }
  const timer = setTimeout(finish, lingerMs)
  request.on('data', onData).once('end', finish).once('close', finish)
  // It was asked whether to send the body at all, and this answer is the no.
  if (request.headers.expect) finish()
}
