import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Problem } from '@/lib/http/problem'
import { type PlainConnections, takePlainRequests } from '@/server/webhooks/plain-connections'
import type { PlainRequest } from '@/server/webhooks/plain-request'
import { openRawSocket, type RawSocket, requestHead, statusesIn } from '../../support/raw-socket'

const keepAliveTimeoutMs = 2_000

let server: Server
let plain: PlainConnections
let sockets: RawSocket[]
/** Answers what is plain; a test may put another in its place. */
let answer: (request: PlainRequest) => Promise<Problem>

/** What is plain is answered with 200 and its body, and all else by Node with 202 and its. */
beforeEach(async () => {
  sockets = []
  answer = async ({ body }) => ({ status: 200, headers: {}, body: body.toString() })
  // Node closes nothing for as long as a test takes.
  const patient = { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 0 }
  server = createServer(patient, async (request, response) => {
    const body = await text(request)
    response.writeHead(202, { 'content-length': body.length }).end(body)
  })
  plain = takePlainRequests(server, {
    isTaken: () => true,
    answer: (request) => answer(request),
    keepAliveTimeoutMs,
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  plain.cut()
  server.closeAllConnections()
  server.close()
})

async function open(): Promise<RawSocket> {
  const socket = await openRawSocket((server.address() as AddressInfo).port)
  sockets.push(socket)
  return socket
}

const post = (body: string, ...lines: string[]) => `${requestHead([`Content-Length: ${body.length}`, ...lines])}${body}`

test('requests on one connection are answered without Node, with all that it would say', async () => {
  const socket = await open()
  await socket.write(post('first'))
  expect(await socket.until(/first$/)).toMatch(
    /^HTTP\/1\.1 200 OK\r\nx-content-type-options: nosniff\r\ncontent-length: 5\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=2\r\n\r\nfirst$/,
  )
  await socket.write(post('second'))
  expect(statusesIn(await socket.until(/second$/))).toEqual([200, 200])
})

test('a body may come after its head, and in pieces', async () => {
  const socket = await open()
  await socket.write(requestHead(['Content-Length: 6']))
  for (const piece of ['a', 'bc', 'def']) {
    await sleep(20)
    await socket.write(piece)
  }
  expect(statusesIn(await socket.until(/abcdef$/))).toEqual([200])
})

test('what is not plain is Node’s from its first byte on, and so is all that follows on its connection', async () => {
  const chunked = `${requestHead(['Transfer-Encoding: chunked'])}3\r\nabc\r\n0\r\n\r\n`
  const long = `${'x'.repeat(200_000)}end`
  const other = requestHead(['Content-Length: 3'], 'PUT /api/webhooks/llm-callback HTTP/1.1')
  for (const [request, expected] of [
    [chunked, /abc$/],
    [post(long), /xend$/],
    [`${other}abc`, /abc$/],
    [post('abc', 'Connection: close'), /abc$/],
  ] as const) {
    const socket = await open()
    await socket.write(post('plain'))
    await socket.until(/plain$/)
    await socket.write(request)
    expect(statusesIn(await socket.until(expected))).toEqual([200, 202])
    if (request.includes('close')) continue
    await socket.write(post('after'))
    expect(statusesIn(await socket.until(/after$/))).toEqual([200, 202, 202])
  }
})

test('a head that comes in pieces is Node’s', async () => {
  const socket = await open()
  const request = post('abc')
  for (const piece of [request.slice(0, 10), request.slice(10, 40), request.slice(40)]) {
    await socket.write(piece)
    await sleep(20)
  }
  expect(statusesIn(await socket.until(/abc$/))).toEqual([202])
})

test('requests that are sent without waiting for answers are answered in their order', async () => {
  const socket = await open()
  await socket.write(`${post('one')}${post('two')}`)
  expect(await socket.until(/two$/)).toMatch(/one[\s\S]*two/)

  // The second comes while the first is being answered.
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const asUsual = answer
  answer = async (request) => {
    await held
    return asUsual(request)
  }
  const other = await open()
  for (const body of ['three', 'four', 'five']) {
    await other.write(post(body))
    await sleep(20)
  }
  expect(other.received()).toBe('')
  goOn()
  expect(await other.until(/five$/)).toMatch(/three[\s\S]*four[\s\S]*five/)
})

test('Node waits for what a connection begins and does not end, and for one that says nothing', async () => {
  const unfinished = await open()
  await unfinished.write(post('whole'))
  await unfinished.until(/whole$/)
  await unfinished.write(requestHead(['Content-Length: 6']))
  await unfinished.write('abc')
  const silent = await open()
  await sleep(1_000)
  await unfinished.write('def')
  expect(statusesIn(await unfinished.until(/abcdef/))).toEqual([200, 202])
  await silent.write(post('late'))
  expect(statusesIn(await silent.until(/late/))).toEqual([202])
})

test('a sender that ends its side is answered first', async () => {
  const socket = await open()
  await socket.write(post('whole'))
  socket.end()
  expect(await socket.closed).toMatch(/200 OK[\s\S]*\r\nwhole$/)
  // Without a request, or with half of one, there is nobody to answer.
  for (const part of ['', post('whole').slice(0, -2)]) {
    const other = await open()
    if (part) await other.write(part)
    await sleep(20)
    other.end()
    expect(await other.closed).toBe('')
  }
})

test('a connection on which nothing happens is closed in its time', async () => {
  const socket = await open()
  await socket.write(post('abc'))
  await socket.until(/abc$/)
  const since = performance.now()
  await socket.closed
  expect(performance.now() - since).toBeGreaterThan(keepAliveTimeoutMs / 2)
})

test('a server that stops answers what is under way, and ends the connection with it', async () => {
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  answer = async ({ body }) => {
    begin()
    await held
    return { status: 200, headers: {}, body: body.toString() }
  }
  const socket = await open()
  await socket.write(post('last'))
  await begun
  server.close()
  goOn()
  expect(await socket.closed).toMatch(/\r\nConnection: close\r\n\r\nlast$/)
})

test('a reader that takes nothing is not answered on and on', async () => {
  let answered = 0
  answer = async () => {
    answered += 1
    return { status: 200, headers: {}, body: 'x'.repeat(1_000_000) }
  }
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.pause()
  for (let index = 0; index < 40; index++) {
    socket.write(post('abc'))
    await sleep(20)
  }
  expect(answered).toBeGreaterThan(0)
  // More than both kernels hold, and less than was asked for.
  expect(answered).toBeLessThan(20)
  socket.destroy()
})
