import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReceiveContext } from '@/lib/llm-callbacks/receive/receive-callback'
import { createConsoleProxy } from '@/server/console/console-proxy'
import { watchEventStreams } from '@/server/console/event-streams'
import { createFrontDoor, type FrontDoor } from '@/server/front-door'
import { listen } from '@/server/listen'
import { openRawSocket, requestHead } from '../../support/raw-socket'

const stalledMs = 400
/** Far more than any system's buffers between console and client hold. */
const endlessBytes = 512 * 1024 * 1024

let console_: Server
let frontDoor: FrontDoor
let proxy: ReturnType<typeof createConsoleProxy>
let port: number
/** The stream that the console was asked for, and how much of it was taken from the console. */
let stream: { response: ServerResponse; writtenBytes: number; closed: Promise<unknown> }
let streamOpened: Promise<unknown>

/** In the console's place: a stream or a download of as much as is taken, or a stream of nothing but its beginning. */
function startConsole(): Server {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  return createServer((request, response) => {
    stream = { response, writtenBytes: 0, closed: once(response, 'close') }
    console_.emit('stream')
    const isDownload = request.url === '/download'
    response.writeHead(200, { 'content-type': isDownload ? 'application/octet-stream' : 'text/event-stream' })
    response.write('retry: 2000\n\n')
    if (request.url === '/quiet') return
    const write = () => {
      while (!response.destroyed && stream.writtenBytes < endlessBytes) {
        stream.writtenBytes += chunk.length
        if (!response.write(chunk)) return void response.once('drain', write)
      }
    }
    write()
  })
}

beforeEach(async () => {
  console_ = startConsole()
  await listen(console_, { host: '127.0.0.1', port: 0 })
  streamOpened = once(console_, 'stream')
  proxy = createConsoleProxy({
    publicUrl: () => new URL('http://localhost'),
    isTrustedPeer: () => false,
    consolePort: () => (console_.address() as AddressInfo).port,
    proxyToken: 'known to both',
    stalledMs,
    log: pino({ level: 'silent' }),
  })
  frontDoor = createFrontDoor({
    context: {} as ReceiveContext,
    proxy,
    withUpgrades: false,
    isReady: async () => true,
    isTrustedPeer: () => false,
  })
  port = await listen(frontDoor.server, { host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  await frontDoor.close()
  proxy.close()
  console_.closeAllConnections()
  await new Promise((resolve) => console_.close(resolve))
})

/** Asks for a stream; what comes is read only when the test does. */
async function ask(path: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  socket.write(requestHead([], `GET ${path} HTTP/1.1`))
  await streamOpened
  return socket
}

test('case 77: a reader that takes nothing is dropped, the console’s stream with it, and memory stays flat', async () => {
  const before = process.memoryUsage().rss
  const socket = await ask('/endless')
  await stream.closed
  // What was taken from the console stands in the system's buffers, not in our memory.
  expect(stream.writtenBytes).toBeLessThan(endlessBytes / 8)
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024)
  socket.destroy()
})

test('case 77: a reader that takes something now and then, or has nothing to take, is kept', () => {
  vi.useFakeTimers()
  const streams = watchEventStreams(stalledMs)
  const readerOf = (writableNeedDrain: boolean) => {
    const response = Object.assign(new EventEmitter(), { writableNeedDrain, destroy: vi.fn() })
    streams.watch({ headers: { 'content-type': 'text/event-stream' } } as IncomingMessage, response as never)
    return response
  }
  const [quiet, slow, stalled] = [readerOf(false), readerOf(true), readerOf(true)]
  for (let check = 0; check < 10; check++) {
    vi.advanceTimersByTime(stalledMs)
    slow.emit('drain')
  }
  expect(quiet.destroy).not.toHaveBeenCalled()
  expect(slow.destroy).not.toHaveBeenCalled()
  expect(stalled.destroy).toHaveBeenCalled()
  streams.close()
  vi.useRealTimers()
})

test('a client that goes is told to the console', async () => {
  const socket = await ask('/quiet')
  socket.destroy()
  await stream.closed
})

test('a stop ends a stream in order: its last chunk is sent, and the console hears of it', async () => {
  const socket = await openRawSocket(port)
  await socket.write(requestHead([], 'GET /quiet HTTP/1.1'))
  await socket.until(/retry: 2000/)
  await frontDoor.close()
  expect(await socket.closed).toMatch(/\r\n0\r\n\r\n$/)
  await stream.closed
})

test('case 60: a client that stopped reading in the middle of an answer does not hold up a stop', async () => {
  const socket = await ask('/download')
  await expect.poll(() => stream.response.writableNeedDrain).toBe(true)
  await frontDoor.close()
  socket.destroy()
  await stream.closed
})
