import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '@/lib/http/app-error'
import type { IsTrustedPeer } from '@/lib/http/client-address'
import { toProblem } from '@/lib/http/to-problem'
import {
  type Answer,
  type BodyLimits,
  bodyTooLarge,
  type InboundRequest,
  type ReceiveContext,
  receiveCallback,
} from '@/lib/llm-callbacks/receive/receive-callback'
import { clientAddress } from '../client-address'
import { headerValue } from './header-value'
import type { PlainRequest } from './plain-request'
import { readBody } from './read-body'
import { sendAnswer } from './send-answer'

const headerBytesMax = 8 * 1024

type Options = { context: ReceiveContext; isTrustedPeer: IsTrustedPeer }

/** Answers one webhook request over node:http. Never throws and never waits for the console. */
export async function handleWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  slug: string,
  { context, isTrustedPeer }: Options,
): Promise<void> {
  if (headerBytes(request) > headerBytesMax) {
    const tooLarge = new AppError('headers_too_large', `The headers may have at most ${headerBytesMax} bytes.`)
    sendAnswer(request, response, toProblem(tooLarge, context.onUnexpected))
    return
  }
  const { method = '', url = '', rawHeaders, socket } = request
  const readWhole = (limits: BodyLimits) => {
    if (request.headers.expect) response.writeContinue()
    return readBody(request, limits)
  }
  const head = { method, slug, target: url, headers: rawHeaders }
  const answer = await receiveCallback(inboundRequest(head, { socket, isTrustedPeer, readBody: readWhole }), context)
  sendAnswer(request, response, answer)
}

/** Answers a request that was read without node:http, and is whole. Never throws. */
export function answerPlainRequest(
  request: PlainRequest,
  socket: Socket,
  { context, isTrustedPeer }: Options,
): Promise<Answer> {
  const { body } = request
  const readBody = async ({ bytesMax, onBytes }: BodyLimits) => {
    if (body.length > bytesMax) throw bodyTooLarge(bytesMax)
    onBytes(body.length)
    return body
  }
  return receiveCallback(inboundRequest(request, { socket, isTrustedPeer, readBody }), context)
}

/** `headers`: names and values in turns. */
type Head = { method: string; slug: string; target: string; headers: readonly string[] }

type Origin = { socket: Socket; isTrustedPeer: IsTrustedPeer; readBody: InboundRequest['readBody'] }

function inboundRequest(
  { method, slug, target, headers }: Head,
  { socket, isTrustedPeer, readBody }: Origin,
): InboundRequest {
  const header = (name: string) => headerValue(headers, name)
  return {
    method,
    slug,
    target,
    header,
    headerNames: () => [...new Set(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()))],
    clientAddress: () => clientAddress(socket, () => header('x-forwarded-for') ?? undefined, isTrustedPeer),
    readBody,
  }
}

function headerBytes({ rawHeaders }: IncomingMessage): number {
  let bytes = 0
  // Each line carries a colon, a blank and CR LF beside its name and value.
  for (const text of rawHeaders) bytes += text.length + 2
  return bytes
}
