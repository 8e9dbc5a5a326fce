import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { requestHead, statusesIn } from '../../support/raw-socket'

const health = requestHead([], 'GET /healthz HTTP/1.1')
const limits = { connectionsMax: 100, peerConnectionsMax: 12, waitingMax: 20, peerWaitingMax: 5, waitingMsMin: 0 }

let database: TestDatabase
let server: FrontDoor
let sockets: Socket[]

beforeEach(async () => {
  database = await createTestDatabase()
  sockets = []
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.stop()
  await database.drop()
})

const start = async (connectionLimits = limits, trustedProxies: string[] = []) => {
  server = await startFrontDoor(database.url, { connectionLimits, trustedProxies })
}

/** A connection from one of loopback's many addresses that has been accepted; it says nothing yet. */
async function open(localAddress: string) {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress })
  sockets.push(socket)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return {
    socket,
    /** Asks for something on it, and waits for the answer; null when it was closed instead. */
    async ask(): Promise<number | null> {
      const already = statusesIn(text).length
      socket.write(health)
      await expect.poll(() => statusesIn(text).length > already || socket.destroyed).toBe(true)
      return statusesIn(text)[already] ?? null
    },
  }
}

type Connection = Awaited<ReturnType<typeof open>>

async function openSilent(localAddress: string, count: number) {
  const opened: Connection[] = []
  for (let index = 0; index < count; index++) opened.push(await open(localAddress))
  return opened
}

test('the connection that has waited longest is closed for a new one of the same peer, and none of another peer’s', async () => {
  await start()
  const other = await open('127.0.0.2')
  expect(await other.ask()).toBe(200)
  const silent = await openSilent('127.0.0.1', 30)
  await expect.poll(() => silent.filter(({ socket }) => !socket.destroyed).length).toBe(5)
  expect(silent.map(({ socket }) => socket.destroyed)).toEqual([...Array(25).fill(true), ...Array(5).fill(false)])
  expect(await other.ask()).toBe(200)
  expect(await (await open('127.0.0.1')).ask()).toBe(200)
})

test('many peers with few silent connections each keep no new one out', async () => {
  await start()
  const silent: Connection[] = []
  for (let peer = 10; peer < 20; peer++) silent.push(...(await openSilent(`127.0.0.${peer}`, 4)))
  await expect.poll(() => silent.filter(({ socket }) => !socket.destroyed).length).toBe(20)
  expect(await (await open('127.0.0.9')).ask()).toBe(200)
})

test('one that has just come is not closed for another: its request may be on its way', async () => {
  await start({ ...limits, waitingMsMin: 60_000 })
  const silent = await openSilent('127.0.0.1', 10)
  for (const connection of silent) expect(await connection.ask()).toBe(200)
})

test('case 57: a peer with more connections than one may have gets 503 with Retry-After on those', async () => {
  await start({ ...limits, peerWaitingMax: 100, waitingMax: 100 })
  const held = await openSilent('127.0.0.1', 12)
  for (const connection of held) expect(await connection.ask()).toBe(200)
  const surplus = await open('127.0.0.1')
  expect(await surplus.ask()).toBe(503)
  await expect.poll(() => surplus.socket.destroyed).toBe(true)
  expect(await (await open('127.0.0.2')).ask()).toBe(200)
  held[0]?.socket.destroy()
  await expect.poll(async () => (await open('127.0.0.1')).ask()).toBe(200)
})

test('a trusted proxy speaks for many, and may have as many connections as all together', async () => {
  await start(limits, ['127.0.0.1'])
  const held = await openSilent('127.0.0.1', 20)
  for (const connection of held) expect(await connection.ask()).toBe(200)
})
