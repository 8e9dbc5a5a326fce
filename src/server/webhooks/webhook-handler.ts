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

/** How senders write it; what else means the same is worked out. */
const usualSlug = /^[a-z0-9-]+$/

/**
 * The source's slug when a request target is a webhook URL, with or without a trailing slash; else null. The target may be
 * in absolute form (RFC 9112 section 3.2.2), and a base URL that ended in a slash leaves a doubled one: never a redirect.
 * A slug that can't be decoded is none that exists.
 */
export function webhookSlug(target: string): string | null {
  const usual = target.startsWith(pathPrefix) ? target.slice(pathPrefix.length) : ''
  if (usualSlug.test(usual)) return usual
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
  slug: string,
  { context, isTrustedPeer }: { context: ReceiveContext; isTrustedPeer: IsTrustedPeer },
): Promise<void> {
  if (headerBytes(request) > headerBytesMax) {
    const tooLarge = new AppError('headers_too_large', `The headers may have at most ${headerBytesMax} bytes.`)
    sendAnswer(request, response, toProblem(tooLarge, context.onUnexpected))
    return
  }
  const answer = await receiveCallback(
    {
      method: request.method ?? '',
      slug,
      target: request.url ?? '',
      clientAddress: () => clientAddress(request, isTrustedPeer),
      headerNames: () => Object.keys(request.headersDistinct),
      header: (name) => headerValue(request, name),
      readBody: (limits) => {
        if (request.headers.expect) response.writeContinue()
        return readBody(request, limits)
      },
    },
    context,
  )
  sendAnswer(request, response, answer)
}

/** All values of a header: of some that may stand once, `request.headers` has only the first. */
function headerValue({ rawHeaders }: IncomingMessage, name: string): string | null {
  let value: string | null = null
  // Names and values in turns.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index] ?? ''
    if (given.length !== name.length || given.toLowerCase() !== name) continue
    const text = rawHeaders[index + 1] ?? ''
    value = value === null ? text : `${value}, ${text}`
  }
  return value
}

function headerBytes({ rawHeaders }: IncomingMessage): number {
  let bytes = 0
  // Each line carries a colon, a blank and CR LF beside its name and value.
  for (const text of rawHeaders) bytes += text.length + 2
  return bytes
}
