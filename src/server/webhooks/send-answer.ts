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
  if (request.complete || request.method !== 'POST') {
    sendWhole(response, answer)
    return
  }
  // Headers are handled before what came with them in the same piece. A small body is whole a moment later, and a flood of
  // refused ones must not cost a new connection each.
  setImmediate(() => {
    if (request.complete) sendWhole(response, answer)
    else sendAndLinger(request, response, answer)
  })
}

function sendWhole(response: ServerResponse, answer: Problem): void {
  if (!response.destroyed) response.writeHead(answer.status, answerHeaders(answer)).end(answer.body)
}

function sendAndLinger(request: IncomingMessage, response: ServerResponse, answer: Problem): void {
  if (response.destroyed) return
  response.writeHead(answer.status, [...answerHeaders(answer), 'connection', 'close'])
  response.write(answer.body)
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

/** Names and values in turns, as `writeHead` takes them. */
export function answerHeaders({ status, headers, body }: Problem): string[] {
  const lines: string[] = []
  for (const name of Object.keys(headers)) lines.push(name, headers[name] ?? '')
  // Those to the console's visitors bring it along.
  if (!('x-content-type-options' in headers)) lines.push('x-content-type-options', 'nosniff')
  if (status !== 204) lines.push('content-length', String(Buffer.byteLength(body)))
  return lines
}
