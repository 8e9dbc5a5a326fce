import { headerValue } from './header-value'
import { usualWebhookSlug } from './webhook-slug'

/** A POST to a webhook in the form in which senders write it. */
export type PlainRequest = {
  method: 'POST'
  slug: string
  /** As in the request line. */
  target: string
  /** Names, in lower case, and values in turns. */
  headers: readonly string[]
  body: Buffer
}

export type PlainHead = Omit<PlainRequest, 'body'> & {
  /** Up to where the body begins. */
  headBytes: number
  bodyBytes: number
}

/** Longer ones are near what is refused, and so not for here. */
const headBytesMax = 8 * 1024
const requestLineForm = /^POST (\S+) HTTP\/1\.1$/
/** RFC 9110 section 5.6.2, in lower case. */
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
/** What a line may hold (RFC 9110 section 5.5): no control character, so neither CR nor LF; nor a tab, which Node does not take everywhere. */
const lineForm = /^[\x20-\x7e\x80-\xff]*$/
/** With any of these a message or its connection is more than a head, a length and as many bytes. */
const special: ReadonlySet<string> = new Set(['transfer-encoding', 'expect', 'upgrade', 'trailer', 'proxy-connection'])

/**
 * Reads the head of a request that begins with these bytes, if there is nothing about it that could be read in two ways: HTTP/1.1, every
 * line as RFC 9112 has it, one Content-Length, no Transfer-Encoding, a Host.
 * @returns null where it is anything else, or not whole. That is no verdict on it.
 */
export function readPlainHead(bytes: Buffer): PlainHead | null {
  const end = bytes.subarray(0, headBytesMax).indexOf('\r\n\r\n')
  if (end === -1) return null
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const target = requestLineForm.exec(requestLine)?.[1] ?? ''
  const slug = usualWebhookSlug(target)
  if (slug === null) return null
  const headers: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase()
    if (!token.test(name) || special.has(name) || !lineForm.test(line)) return null
    headers.push(name, withoutBlanks(line, colon + 1))
  }
  // A second length would be joined to the first.
  const length = headerValue(headers, 'content-length') ?? ''
  if (!/^\d{1,9}$/.test(length) || headerValue(headers, 'host') === null) return null
  if (!/^(keep-alive)?$/i.test(headerValue(headers, 'connection') ?? '')) return null
  return { method: 'POST', slug, target, headers, headBytes: end + 4, bodyBytes: Number(length) }
}

/** A line from there on, without the blanks around it. */
function withoutBlanks(line: string, from: number): string {
  let start = from
  let end = line.length
  while (line[start] === ' ') start += 1
  while (end > start && line[end - 1] === ' ') end -= 1
  return line.slice(start, end)
}
