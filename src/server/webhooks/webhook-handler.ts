import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '@/lib/http/app-error'
import type { IsTrustedPeer } from '@/lib/http/client-address'
import { toProblem } from '@/lib/http/to-problem'
import { type ReceiveContext, receiveCallback } from '@/lib/llm-callbacks/receive/receive-callback'
import { clientAddress } from '../client-address'
import { readBody } from './read-body'
import { sendAnswer } from './send-answer'

const pathPrefix = '/api/webhooks/'
const headerBytesMax = 8 * 1024
const bodyTimeoutMs = 10_000

/**
 * The source's slug when a request target is a webhook URL, with or without a trailing slash; else null. The target may be
 * in absolute form (RFC 9112 section 3.2.2), and a base URL that ended in a slash leaves a doubled one: never a redirect.
 * A slug that can't be decoded is none that exists.
 */
export function webhookSlug(target: string): string | null {
  const path =
    target
      .replace(/^https?:\/\/[^/?#]*/i, '')
      .split('?', 1)[0]
      ?.replace(/\/{2,}/g, '/') ?? ''
  if (!path.startsWith(pathPrefix)) return null
  const rest = path.slice(pathPrefix.length).replace(/\/$/, '')
  try {
    return decodeURIComponent(rest)
  } catch {
    return ''
  }
}

/** Answers one webhook request over node:http. Never throws and never waits for the console. */
export async function handleWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  input: { slug: string; context: ReceiveContext; isTrustedPeer: IsTrustedPeer },
): Promise<void> {
  if (headerBytes(request) > headerBytesMax) {
    const tooLarge = new AppError('headers_too_large', `The headers may have at most ${headerBytesMax} bytes.`)
    sendAnswer(request, response, toProblem(tooLarge, input.context.onUnexpected))
    return
  }
  const answer = await receiveCallback(
    {
      method: request.method ?? '',
      slug: input.slug,
      target: request.url ?? '',
      clientAddress: () => clientAddress(request, input.isTrustedPeer),
      headerNames: () => Object.keys(request.headersDistinct),
      header: (name) => headerValue(request, name),
      readBody: (limits) => {
        if (request.headers.expect) response.writeContinue()
        return readBody(request, { ...limits, timeoutMs: bodyTimeoutMs })
      },
    },
    input.context,
  )
  sendAnswer(request, response, answer)
}

/** All values of a header: Node keeps only the first of some that may stand once. */
function headerValue(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name]
  return values ? values.join(', ') : null
}

function headerBytes(request: IncomingMessage): number {
  // Each line carries a colon, a blank and CR LF beside its name and value.
  return request.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0)
}
