import { AppError } from '@/lib/http/app-error'
import type { CapturedDelivery } from './captures'

/**
 * Reads a request as it went over the wire (RFC 9112): its line, its headers, an empty line, and the exact bytes of its body. Line breaks
 * of the head may be LF alone, as editors write them.
 * @throws AppError `invalid_request` where it has no such head
 */
export function readSavedRequest(bytes: Buffer): Omit<CapturedDelivery, 'receivedAt'> {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1'))
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end?.index ?? bytes.length).split(/\r?\n/)
  const target = /^[A-Z]+ (\S+)/.exec(requestLine)?.[1]
  if (!target) {
    throw new AppError(
      'invalid_request',
      'The file does not begin with a request line such as “POST /api/webhooks/x HTTP/1.1”.',
    )
  }
  const headers: Record<string, string> = Object.create(null)
  for (const line of lines) {
    const [, name, value = ''] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (!name)
      throw new AppError(
        'invalid_request',
        `The file has a line among its headers that is none: “${line.slice(0, 40)}”.`,
      )
    const key = name.toLowerCase()
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  }
  return { target, headers, body: end ? bytes.subarray(end.index + end[0].length) : Buffer.alloc(0) }
}
