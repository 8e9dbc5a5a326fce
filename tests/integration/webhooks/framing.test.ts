import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sources } from '@/lib/sources/source'
import { readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { chunk, lastChunk, openRawSocket, requestHead, statusesIn } from '../../support/raw-socket'
import { hexHmac, signed, verdict } from '../../support/webhook-bodies'

const bodyBytesMax = 1_048_576
const tenGigabytes = 10 * 1024 ** 3

let database: TestDatabase
let server: FrontDoor
/** Requests that got as far as the receive path, and bodies that it has room reserved for. */
let received = 0
let underWay = 0

/** Looking up the source is the first thing that the receive path does. */
const counted = (sources: Sources) => {
  const get = (slug: string) => {
    received += 1
    return sources.get(slug)
  }
  return { get } as Sources
}

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startFrontDoor(database.url, {
    change: (context) => ({
      ...context,
      sources: counted(context.sources),
      intake: {
        reserve(declared, client) {
          const room = context.intake.reserve(declared, client)
          underWay += 1
          return {
            ...room,
            release() {
              underWay -= 1
              room.release()
            },
          }
        },
      },
    }),
  })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const open = () => openRawSocket(server.port)
const isStored = async (body: Uint8Array) => (await readRows(database.db)).some(({ raw }) => raw.equals(body))
const signatureLine = (body: Uint8Array) => `X-Webhook-Signature: sha256=${hexHmac(body)}`
const lengthLine = (bytes: number) => `Content-Length: ${bytes}`
/** A whole request with what it needs. */
const requestFor = (body: Uint8Array, ...lines: string[]) =>
  Buffer.concat([Buffer.from(requestHead([signatureLine(body), lengthLine(body.length), ...lines])), body])
const bodyOf = (bytes: number) => {
  const body = verdict()
  return Buffer.concat([body, Buffer.alloc(bytes - body.length, ' ')])
}

describe('how much is read', () => {
  test('case 15: exactly 1,048,576 bytes are taken, declared or chunked', async () => {
    for (const framing of ['declared', 'chunked']) {
      const body = bodyOf(bodyBytesMax)
      const socket = await open()
      if (framing === 'declared') await socket.write(requestFor(body))
      else {
        await socket.write(requestHead([signatureLine(body), 'Transfer-Encoding: chunked']))
        for (let at = 0; at < body.length; at += 65_536) await socket.write(chunk(body.subarray(at, at + 65_536)))
        await socket.write(lastChunk)
      }
      expect(statusesIn(await socket.until(/\r\n\r\n\{.*\}/))).toEqual([200])
      expect(await isStored(body)).toBe(true)
      socket.destroy()
    }
  })

  test('case 15: one declared byte more is 413 before a byte of the body is sent, and the connection closes', async () => {
    const socket = await open()
    await socket.write(requestHead([signatureLine(bodyOf(bodyBytesMax + 1)), lengthLine(bodyBytesMax + 1)]))
    const answer = await socket.closed
    expect(statusesIn(answer)).toEqual([413])
    expect(answer).toMatch(/^connection: close\r$/im)
  })

  test('case 15: one chunked byte more is 413 in the middle of the stream, and the connection closes', async () => {
    const body = bodyOf(bodyBytesMax + 1)
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), 'Transfer-Encoding: chunked']))
    await socket.write(chunk(body))
    // Neither the last chunk nor the end of the connection was ever sent.
    expect(statusesIn(await socket.closed)).toEqual([413])
    expect(await isStored(body)).toBe(false)
    expect(underWay).toBe(0)
  })

  test('case 16: of a declared 10 GB hardly anything is read: 413 at once, and then the connection is cut', async () => {
    const socket = await open()
    await socket.write(requestHead([signatureLine(Buffer.alloc(0)), lengthLine(tenGigabytes)]))
    await socket.write('{"event"')
    expect(statusesIn(await socket.until(/413/))).toEqual([413])
    let sent = 0
    const part = Buffer.alloc(1024 * 1024, ' ')
    while (await socket.write(part)) sent += part.length
    // What both kernels hold comes on top of what the server reads on.
    expect(sent).toBeLessThan(64 * 1024 * 1024)
    expect(statusesIn(await socket.closed)).toEqual([413])
  })

  test('case 16: an endless chunked body is cut off soon after the limit', async () => {
    const socket = await open()
    await socket.write(requestHead([signatureLine(Buffer.of()), 'Transfer-Encoding: chunked']))
    const part = chunk(Buffer.alloc(1024 * 1024, ' '))
    let sent = 0
    while (await socket.write(part)) sent += part.length
    expect(sent).toBeLessThan(64 * 1024 * 1024)
    await expect.poll(() => underWay).toBe(0)
  })

  test('case 21: headers over 8 kB are 431, whether or not Node itself would take them', async () => {
    for (const bytes of [8_300, 15_000, 40_000]) {
      const body = verdict()
      const socket = await open()
      await socket.write(requestFor(body, `X-Padding: ${'x'.repeat(bytes)}`))
      expect(statusesIn(await socket.until(/HTTP\/1\.1 \d{3}/))).toEqual([431])
      expect(await isStored(body)).toBe(false)
      socket.destroy()
    }
    const body = verdict()
    const socket = await open()
    await socket.write(requestFor(body, `X-Padding: ${'x'.repeat(7_500)}`))
    expect(statusesIn(await socket.until(/HTTP\/1\.1 \d{3}/))).toEqual([200])
    socket.destroy()
  })

  test('case 21: many small headers count like one large one', async () => {
    const body = verdict()
    const socket = await open()
    await socket.write(requestFor(body, ...Array.from({ length: 900 }, (_, index) => `X-${index}: yyyy`)))
    expect(statusesIn(await socket.until(/HTTP\/1\.1 \d{3}/))).toEqual([431])
    socket.destroy()
  })
})

describe('how it may be sent', () => {
  test('case 17: a chunked body without a length is taken, however small its chunks', async () => {
    const body = verdict()
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), 'Transfer-Encoding: chunked']))
    for (const byte of body) await socket.write(chunk(Buffer.of(byte)))
    await socket.write(lastChunk)
    expect(statusesIn(await socket.until(/"received":true/))).toEqual([200])
    expect(await isStored(body)).toBe(true)
    socket.destroy()
  })

  test('case 17: Expect: 100-continue is answered with 100, and the body then with 200', async () => {
    const body = verdict()
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), lengthLine(body.length), 'Expect: 100-continue']))
    expect(statusesIn(await socket.until(/100 Continue\r\n\r\n/))).toEqual([100])
    await socket.write(body)
    expect(statusesIn(await socket.until(/"received":true/))).toEqual([100, 200])
    socket.destroy()
  })

  test.each([
    ['has no signature', [lengthLine(10)], 401],
    ['is too long', [signatureLine(Buffer.of()), lengthLine(bodyBytesMax + 1)], 413],
    ['has too many headers', [signatureLine(Buffer.of()), lengthLine(10), `X-Padding: ${'x'.repeat(8_300)}`], 431],
  ])('case 17: a body that %s is not asked for', async (_, lines, status) => {
    const socket = await open()
    await socket.write(requestHead([...lines, 'Expect: 100-continue']))
    expect(statusesIn(await socket.closed)).toEqual([status])
  })

  test('case 17: requests in a pipeline are answered in their order, on one connection', async () => {
    const jobs = Array.from({ length: 8 }, (_, index) => `pipelined-${index}`)
    const socket = await open()
    await socket.write(Buffer.concat(jobs.map((job) => requestFor(verdict({ job_id: job })))))
    const text = await socket.until(/pipelined-7/)
    expect(statusesIn(text)).toEqual(jobs.map(() => 200))
    expect([...text.matchAll(/"callbackId":"([^"]+)"/g)].map((match) => match[1])).toEqual(jobs)
    socket.destroy()
  })

  test('case 17: a connection that was refused a signature takes the next callback', async () => {
    const body = verdict()
    const forged = verdict()
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), lengthLine(forged.length)]))
    await socket.write(forged)
    expect(statusesIn(await socket.until(/signature_invalid/))).toEqual([401])
    await socket.write(requestFor(body))
    expect(statusesIn(await socket.until(/"received":true/))).toEqual([401, 200])
    socket.destroy()
  })

  test('a body that arrives byte by byte, or a request cut at any place, is taken', async () => {
    const body = verdict()
    const bytes = requestFor(body)
    const socket = await open()
    for (const byte of bytes) await socket.write(Buffer.of(byte))
    expect(statusesIn(await socket.until(/"received":true/))).toEqual([200])
    expect(await isStored(body)).toBe(true)
    socket.destroy()
  })
})

describe('framing that lies', () => {
  test.each([
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 5']],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['two equal lengths', ['Content-Length: 5', 'Content-Length: 5']],
    ['a list of lengths', ['Content-Length: 5, 6']],
    ['a negative length', ['Content-Length: -1']],
    ['a signed length', ['Content-Length: +5']],
    ['a length in hexadecimal', ['Content-Length: 0x5']],
    ['a length beyond 64 bits', ['Content-Length: 99999999999999999999999']],
    ['an unknown encoding before chunked', ['Transfer-Encoding: chunked, x']],
    ['a blank before the colon', ['Content-Length : 5']],
    ['a folded header', ['X-Folded: a', ' b: c', 'Content-Length: 5', 'Content-Length: 6']],
  ])('case 18: %s is 400, the connection closes, and no handler runs', async (_, lines) => {
    const before = received
    const socket = await open()
    await socket.write(`${requestHead([signatureLine(Buffer.from('hello')), ...lines])}hello`)
    expect(statusesIn(await socket.closed)).toEqual([400])
    expect(received).toBe(before)
  })

  test('case 18: a request hidden behind a length and chunks is not taken', async () => {
    const hidden = verdict()
    const socket = await open()
    await socket.write(requestHead(['Content-Length: 4', 'Transfer-Encoding: chunked']))
    await socket.write(Buffer.concat([Buffer.from(lastChunk), requestFor(hidden)]))
    expect(statusesIn(await socket.closed)).toEqual([400])
    expect(await isStored(hidden)).toBe(false)
  })

  test.each(['after the answer', 'in one piece with the request'])(
    'case 19: with a length too small the answer is 401, and the rest, sent %s, is not taken for a request',
    async (moment) => {
      const body = verdict()
      const before = received
      const declared = body.subarray(0, -40)
      const request = Buffer.concat([
        Buffer.from(requestHead([signatureLine(body), lengthLine(declared.length)])),
        declared,
      ])
      const rest = body.subarray(-40)
      const socket = await open()
      if (moment === 'after the answer') {
        await socket.write(request)
        await socket.until(/signature_invalid/)
        await socket.write(rest)
      } else await socket.write(Buffer.concat([request, rest]))
      const [first, ...others] = statusesIn(await socket.closed)
      expect(received).toBe(before + 1)
      expect(await isStored(body)).toBe(false)
      expect(others.filter((status) => status !== 400)).toEqual([])
      expect(first).toBe(401)
    },
  )

  test('case 18: a chunk that is none, in the middle of a body, is 400, closes, and leaves nothing under way', async () => {
    const body = verdict()
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), 'Transfer-Encoding: chunked']))
    await socket.write(chunk(body.subarray(0, 20)))
    await expect.poll(() => underWay).toBe(1)
    await socket.write('no chunk\r\n')
    expect(statusesIn(await socket.closed)).toEqual([400])
    await expect.poll(() => underWay).toBe(0)
    expect(await isStored(body)).toBe(false)
  })

  test('case 18: what is no HTTP after a refused body adds nothing to its answer', async () => {
    const socket = await open()
    await socket.write(requestHead([signatureLine(Buffer.of()), 'Transfer-Encoding: chunked']))
    await socket.write(chunk(bodyOf(bodyBytesMax + 1)))
    await socket.until(/body_too_large/)
    await socket.write('no chunk\r\n')
    expect(statusesIn(await socket.closed)).toEqual([413])
  })

  test('case 17: requests with nonsense after them are all answered first', async () => {
    const jobs = ['before-nonsense-1', 'before-nonsense-2', 'before-nonsense-3']
    const requests = jobs.map((job) => requestFor(verdict({ job_id: job })))
    const socket = await open()
    await socket.write(Buffer.concat([...requests, Buffer.from('nonsense\r\n\r\n')]))
    const text = await socket.closed
    expect(statusesIn(text).filter((status) => status !== 400)).toEqual([200, 200, 200])
    expect([...text.matchAll(/"callbackId":"([^"]+)"/g)].map((match) => match[1])).toEqual(jobs)
  })

  test('case 19: with a length too large and the client gone there is no row, and its room is given back', async () => {
    const body = verdict()
    for (const leave of ['destroy', 'end'] as const) {
      const socket = await open()
      await socket.write(requestHead([signatureLine(body), lengthLine(body.length + 1)]))
      await socket.write(body)
      await expect.poll(() => underWay).toBe(1)
      socket[leave]()
      await expect.poll(() => underWay).toBe(0)
      socket.destroy()
    }
    expect(await isStored(body)).toBe(false)
  })

  test('case 22: bodies that are cut off leave no row, nothing under way and no flood of log lines', async () => {
    const before = server.logLines.length
    const body = verdict()
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const socket = await open()
        const isChunked = index % 2 === 1
        await socket.write(
          requestHead([signatureLine(body), isChunked ? 'Transfer-Encoding: chunked' : lengthLine(body.length)]),
        )
        const part = body.subarray(0, 1 + index)
        await socket.write(isChunked ? chunk(part) : part)
        socket.destroy()
      }),
    )
    await expect.poll(() => underWay).toBe(0)
    expect(await isStored(body)).toBe(false)
    expect(server.logLines.length - before).toBeLessThanOrEqual(1)
    expect((await server.send(signed(body))).status).toBe(200)
  })
})

describe('senders that are slow', () => {
  /** Sends one more byte now and then until the server has had enough, and returns what it said and after how long. */
  async function drip(start: Uint8Array | string, next: string) {
    const socket = await open()
    const startedAt = performance.now()
    await socket.write(start)
    const isOver = socket.closed.then(() => true)
    while (!(await Promise.race([isOver, after(250, false)]))) await socket.write(next)
    return { statuses: statusesIn(await socket.closed), seconds: (performance.now() - startedAt) / 1_000 }
  }

  test.concurrent('case 20: headers that are not whole after 5 s are 408, although bytes keep coming', async () => {
    const { statuses, seconds } = await drip('POST /api/webhooks/llm-callback HTTP/1.1\r\nX-Slow: ', 'x')
    expect(statuses).toEqual([408])
    expect(seconds).toBeGreaterThan(4)
    expect(seconds).toBeLessThan(9)
  })

  test.concurrent('case 20: a connection that never says a word is closed', async () => {
    const socket = await open()
    expect(statusesIn(await socket.closed)).toEqual([408])
  })

  test.concurrent('case 20: a body that is not whole after 10 s is 408, although bytes keep coming', async () => {
    const body = bodyOf(1_000)
    const { statuses, seconds } = await drip(requestHead([signatureLine(body), lengthLine(body.length)]), '{')
    expect(statuses).toEqual([408])
    expect(seconds).toBeGreaterThan(9)
    expect(seconds).toBeLessThan(15)
  })

  test.concurrent('case 20: a chunked body that never ends is 408', async () => {
    const { statuses } = await drip(
      requestHead([signatureLine(Buffer.of()), 'Transfer-Encoding: chunked']),
      '1\r\nx\r\n',
    )
    expect(statuses).toEqual([408])
  })

  test.concurrent('case 19: with a length too large and a client that waits the answer is 408, and no row', async () => {
    const body = verdict()
    const socket = await open()
    await socket.write(requestHead([signatureLine(body), lengthLine(body.length + 1)]))
    await socket.write(body)
    expect(statusesIn(await socket.closed)).toEqual([408])
    expect(await isStored(body)).toBe(false)
  })
})
