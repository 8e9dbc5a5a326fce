import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIntake } from '@/lib/llm-callbacks/receive/intake'
import { createRecorder } from '@/lib/llm-callbacks/receive/recorder'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { nativeCallback } from '../../support/native-callback'
import { openRawSocket, requestHead, statusesIn } from '../../support/raw-socket'
import { hexHmac, jobUrl, signed, verdict } from '../../support/webhook-bodies'

let database: TestDatabase
let server: FrontDoor

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startFrontDoor(database.url)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

async function statusOf(target: string, ...lines: string[]): Promise<number | undefined> {
  const body = verdict()
  const socket = await openRawSocket(server.port)
  const head = requestHead([`X-Webhook-Signature: sha256=${hexHmac(body)}`, `Content-Length: ${body.length}`, ...lines])
  await socket.write(head.replace(jobUrl, target))
  await socket.write(body)
  const text = await socket.until(/\r\n\r\n.*\}/s)
  socket.destroy()
  return statusesIn(text)[0]
}

test('a sender that offers to upgrade to HTTP/2, as Java’s client does, is answered as any other', async () => {
  const offer = [
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
  ]
  expect(await statusOf(jobUrl, ...offer)).toBe(200)
})

test.each([
  ['in absolute form', `http://callboard.example${jobUrl}`],
  ['with a doubled slash', `/${jobUrl}`],
  ['with a trailing slash and a query', `${jobUrl}/?from=here`],
])('a target %s is the webhook, never a redirect', async (_, target) => {
  expect(await statusOf(target)).toBe(200)
})

test('an answer is the same to the byte, whether the request was plain or Node’s', async () => {
  const broken = Buffer.from('{"event"')
  const body = verdict()
  const forged = 'sha256=00'
  for (const [target, bytes, signature, status] of [
    [jobUrl, body, `sha256=${hexHmac(body)}`, 200],
    [jobUrl, broken, `sha256=${hexHmac(broken)}`, 400],
    [jobUrl, body, forged, 401],
    ['/api/webhooks/nobody', body, forged, 404],
  ] as const) {
    const lines = [`X-Webhook-Signature: ${signature}`, `Content-Length: ${bytes.length}`]
    const answers: string[] = []
    for (const connection of ['keep-alive', 'keep-alive, x-other', 'keep-alive']) {
      const socket = await openRawSocket(server.port)
      const head = requestHead([...lines, `Connection: ${connection}`], `POST ${target} HTTP/1.1`)
      await socket.write(Buffer.concat([Buffer.from(head), bytes]))
      answers.push((await socket.until(/\r\n\r\n\{.*\}$/s)).replace(/^Date: .*$/m, 'Date: now'))
      socket.destroy()
    }
    // The first of a callback is no duplicate.
    const [, nodes, plain] = answers
    expect(plain).toBe(nodes)
    expect(statusesIn(plain ?? '')).toEqual([status])
  }
})

test('bodies that are declared and never sent take no room from those that come', async () => {
  const idle: Socket[] = []
  for (let index = 0; index < 200; index++) {
    const socket = connect({ port: server.port, host: '127.0.0.1' })
    await once(socket, 'connect')
    socket.on('error', () => {})
    socket.write(requestHead([`X-Webhook-Signature: sha256=${'0'.repeat(64)}`, 'Content-Length: 1048576']))
    idle.push(socket)
  }
  expect((await server.send(signed(verdict()))).status).toBe(200)
  for (const socket of idle) socket.destroy()
})

test('a callback that was answered 503 is dropped from the queue: its bytes do not wait for the database', async () => {
  const recorder = createRecorder({ db: database.db, onError: () => {}, patienceMs: 50 })
  const blocker = await database.db.$client.connect()
  await blocker.query('begin; lock table llm_callbacks in access exclusive mode')
  const record = (index: number) => recorder.record(nativeCallback(verdict({ job_id: `given up ${index}` })))
  const first = record(0)
  // Until it is under way, alone.
  await nextTurn()
  const outcomes = await Promise.allSettled([first, ...Array.from({ length: 19 }, (_, index) => record(index + 1))])
  expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true)
  await blocker.query('rollback')
  blocker.release()
  await recorder.drain()
  const stored = await database.db.$client.query(
    "select callback_id from llm_callbacks where callback_id like 'given up%'",
  )
  // The first was under way when the others came, and may have been stored after all.
  expect(stored.rows.map((row) => row.callback_id)).toEqual(['given up 0'])
})

test('a wait for the feed’s lock ends by itself: a client that gave up leaves no backend behind', async () => {
  const holder = await database.db.$client.connect()
  await holder.query('begin')
  await holder.query('select pg_advisory_xact_lock(7812739710037617772)')
  const answer = await server.send(signed(verdict()))
  expect(answer.status).toBe(503)
  const waiting = async () => {
    const { rows } = await database.db.$client.query(
      "select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted",
    )
    return rows[0].waiting
  }
  await expect.poll(waiting, { timeout: 3_000 }).toBe(0)
  await holder.query('rollback')
  holder.release()
})

test('a stop answers what is under way on a kept connection, and says that the connection ends', async () => {
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  let proceed = () => {}
  const held = new Promise<void>((resolve) => {
    proceed = resolve
  })
  const stopping = await startFrontDoor(database.url, {
    change: (context) => ({
      ...context,
      recorder: {
        ...context.recorder,
        async record(callback) {
          arrive()
          await held
          return context.recorder.record(callback)
        },
      },
    }),
  })
  const body = verdict()
  const socket = await openRawSocket(stopping.port)
  await socket.write(requestHead([`X-Webhook-Signature: sha256=${hexHmac(body)}`, `Content-Length: ${body.length}`]))
  await socket.write(body)
  await arrived
  const closed = stopping.close()
  proceed()
  const text = await socket.closed
  expect(statusesIn(text)).toEqual([200])
  expect(text).toMatch(/connection: close/i)
  await closed
  await stopping.stop()
})

test('case 60: a request that was on its way when the stop began is answered, though its connection looked idle', async () => {
  const stopping = await startFrontDoor(database.url)
  const socket = await openRawSocket(stopping.port)
  await socket.write(requestHead([], 'GET /healthz HTTP/1.1'))
  await socket.until(/"ok"/)
  const body = verdict()
  // Nothing of it is read before the stop begins: both happen in one turn of the event loop.
  const written = socket.write(
    Buffer.concat([
      Buffer.from(requestHead([`X-Webhook-Signature: sha256=${hexHmac(body)}`, `Content-Length: ${body.length}`])),
      body,
    ]),
  )
  const closed = stopping.close()
  await written
  expect(statusesIn(await socket.closed)).toEqual([200, 200])
  await closed
  await stopping.stop()
})

test('case 57: one client’s bodies leave room for others, and behind a trusted proxy it is the clients that count', async () => {
  const shared = await startFrontDoor(database.url, {
    trustedProxies: ['127.0.0.1'],
    change: (context) => ({ ...context, intake: createIntake({ requestsMax: 4, bytesMax: 1_000_000 }) }),
  })
  /** Announces a body and sends none, as that client. */
  const hold = async (client: string) => {
    const socket = await openRawSocket(shared.port)
    const lines = [`X-Webhook-Signature: sha256=${'0'.repeat(64)}`, 'Content-Length: 10', 'Expect: 100-continue']
    await socket.write(requestHead([...lines, `X-Forwarded-For: ${client}`]))
    return statusesIn(await socket.until(/HTTP\/1\.1 \d{3} /))[0]
  }
  expect(await hold('203.0.113.1')).toBe(100)
  expect(await hold('203.0.113.1')).toBe(100)
  expect(await hold('203.0.113.1')).toBe(503)
  expect(await hold('203.0.113.2')).toBe(100)
  const answer = await shared.send(signed(verdict(), { 'x-forwarded-for': '2001:db8::1' }))
  expect(answer.status).toBe(200)
  await shared.stop()
})
