import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlainHead, readPlainHead } from '@/server/webhooks/plain-request'
import { openRawSocket, requestHead } from '../../support/raw-socket'

const read = (text: string) => readPlainHead(Buffer.from(text, 'latin1'))

describe('which heads are plain', () => {
  test('those that senders write, with or without what follows', () => {
    const head = requestHead(['content-type: application/json', 'X-Webhook-Signature:sha256=ab ', 'Content-Length: 2'])
    expect(read(`${head}{}`)).toEqual({
      method: 'POST',
      slug: 'llm-callback',
      target: '/api/webhooks/llm-callback',
      headers: [
        ...['host', 'localhost', 'content-type', 'application/json'],
        ...['x-webhook-signature', 'sha256=ab', 'content-length', '2'],
      ],
      headBytes: head.length,
      bodyBytes: 2,
    })
    expect(read(head)?.bodyBytes).toBe(2)
    expect(
      read(requestHead(['Content-Length: 0', 'Connection: Keep-Alive', 'X-Empty:', 'X-Name: \xe9'])),
    ).not.toBeNull()
  })

  const lines = ['Content-Length: 2']
  test.each([
    ['not whole', requestHead(lines).slice(0, -1)],
    ['too long', requestHead([...lines, `X-Padding: ${'x'.repeat(8 * 1024)}`])],
    ['of another method', requestHead(lines, 'GET /api/webhooks/llm-callback HTTP/1.1')],
    ['of another version', requestHead(lines, 'POST /api/webhooks/llm-callback HTTP/1.0')],
    ['for something else', requestHead(lines, 'POST /api/other HTTP/1.1')],
    ['with a query', requestHead(lines, 'POST /api/webhooks/llm-callback?token=a HTTP/1.1')],
    ['with a request line that is none', requestHead(lines, 'POST  /api/webhooks/llm-callback HTTP/1.1')],
    ['without a host', 'POST /api/webhooks/llm-callback HTTP/1.1\r\nContent-Length: 2\r\n\r\n'],
    ['without a length', requestHead([])],
    ['with two lengths', requestHead([...lines, ...lines])],
    ['with a length that is no number', requestHead(['Content-Length: +2'])],
    ['with a list of lengths', requestHead(['Content-Length: 2, 2'])],
    ['with a length and chunks', requestHead([...lines, 'Transfer-Encoding: chunked'])],
    ['with trailers', requestHead([...lines, 'Trailer: X-Late'])],
    ['that asks first', requestHead([...lines, 'Expect: 100-continue'])],
    ['that offers an upgrade', requestHead([...lines, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'])],
    ['that ends its connection', requestHead([...lines, 'Connection: close'])],
    ['with a folded line', requestHead([...lines, 'X-Folded: a', ' b'])],
    ['with a blank before the colon', requestHead([...lines, 'X-Name : a'])],
    ['with a line without a colon', requestHead([...lines, 'X-Name'])],
    ['with a line without a name', requestHead([...lines, ': a'])],
    ['with a bare LF', requestHead([...lines, 'X-Name: a\nTransfer-Encoding: chunked'])],
    ['with a bare CR', requestHead([...lines, 'X-Name: a\rb'])],
    ['with a tab', requestHead([...lines, 'X-Name: a\tb'])],
    ['with NUL', requestHead([...lines, 'X-Name: a\0b'])],
  ])('none %s', (_, head) => {
    expect(read(head)).toBeNull()
  })
})

type Seen = { target: string; headers: string[]; body: string }

/** Whatever we take for plain, Node's parser reads exactly the same way: no two readings of one message. */
describe('beside Node’s parser', () => {
  let server: Server
  let seen: Seen[]

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const one = { target: request.url ?? '', headers: lowerNames(request), body: '' }
      seen.push(one)
      one.body = (await buffer(request)).toString('latin1')
      response.end()
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
  })
  afterAll(() => {
    server.close()
  })

  const line = fc.oneof(
    fc.constantFrom(
      ...['Content-Length: 3', 'content-length:3\t', 'Content-Length: 03', 'Content-Length: 3 3', 'Content-Length:'],
      ...['Connection: keep-alive', 'Connection:  Keep-Alive', 'Keep-Alive: timeout=5', 'Host: other', 'Host:'],
      ...[
        'X-Empty:',
        'X-Blank: \t ',
        'X-Colons: a:b::c',
        'X-Latin: \xa0\xe9\x85',
        "!#$%&'*+-.^_`|~: token",
        'TE: trailers',
      ],
      ...['Accept: a', 'Accept: b', 'Cookie: a=1', 'Set-Cookie: a', 'User-Agent: a', 'User-Agent: b'],
    ),
    fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 12 })).map(([name, value]) => `${name}: ${value}`),
  )
  /** One byte that is put in, put in the place of another, or taken out. */
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.constantFrom(0, 1),
    byte: fc.constantFrom(
      '',
      '\r',
      '\n',
      '\0',
      ' ',
      '\t',
      ':',
      ',',
      '0',
      'a',
      '\x7f',
      '\x80',
      '\xff',
      '\r\n',
      '\r\n\r\n',
    ),
  })
  const request = fc
    .record({ lines: fc.array(line, { maxLength: 5 }), changes: fc.array(change, { maxLength: 2 }) })
    .map(({ lines, changes }) => {
      let head = requestHead(['Content-Length: 3', ...lines].slice(lines.length === 5 ? 1 : 0))
      for (const { at, length, byte } of changes) {
        const index = Math.floor(at * head.length)
        head = head.slice(0, index) + byte + head.slice(index + length)
      }
      return `${head}abc`
    })

  test('what is taken for plain is the same to it, from the first byte to the last', async () => {
    let plain = 0
    await fc.assert(
      fc.asyncProperty(request, async (bytes) => {
        const head = read(bytes)
        if (!head) return
        plain += 1
        const body = bytes.slice(head.headBytes, head.headBytes + head.bodyBytes).padEnd(head.bodyBytes, ' ')
        seen = []
        const { port } = server.address() as AddressInfo
        const socket = await openRawSocket(port)
        const next = requestHead(['Connection: close'], 'GET /next HTTP/1.1')
        await socket.write(Buffer.from(`${bytes.slice(0, head.headBytes)}${body}${next}`, 'latin1'))
        await socket.closed
        expect(seen).toEqual([asSeen(head, body), expect.objectContaining({ target: '/next', body: '' })])
      }),
      { numRuns: 4_000 },
    )
    expect(plain).toBeGreaterThan(300)
  })

  const lowerNames = ({ rawHeaders }: IncomingMessage) =>
    rawHeaders.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text))
  const asSeen = ({ target, headers }: PlainHead, body: string): Seen => ({ target, headers: [...headers], body })
})
