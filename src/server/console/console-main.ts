import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { readEnvironment } from '@/env'
import { projectRoot } from '../project-root'
import { keepDerivedData } from './keep-derived-data'
import { proxyTokenHeader } from './proxy-token'

/** A step that takes longer is cut off, and taken again after the next start: it keeps nothing of itself. */
const stopPatienceMs = 100

/** The console's process: Next.js on a loopback port that only the front door may use. Ends when its parent does. */
async function main(): Promise<void> {
  if (!process.send) throw new Error('The console is started by `callboard start`, not by itself')
  // Ctrl-C reaches the whole process group; the parent decides when the console ends.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  let stopDerivedData = async () => {}
  process.on('disconnect', async () => {
    await Promise.race([stopDerivedData(), sleep(stopPatienceMs)])
    process.exit(0)
  })
  const [variables] = await once(process, 'message')
  Object.assign(process.env, variables)
  const environment = readEnvironment()
  const { proxyToken } = environment
  if (!proxyToken) throw new Error('The console was given no proxy token')
  stopDerivedData = keepDerivedData(environment)

  const dev = process.argv.includes('--dev')
  const app = next({ dev, dir: projectRoot(), hostname: '127.0.0.1' })
  await app.prepare()
  const handle = app.getRequestHandler()
  const upgrade = app.getUpgradeHandler()
  const server = createServer((request, response) => {
    if (takeToken(request, proxyToken)) void handle(request, response)
    else response.writeHead(403).end()
  })
  // The front door's agent decides when an idle connection ends: one that we closed could be the one it is about to use.
  server.keepAliveTimeout = 0
  server.on('upgrade', (request, socket, head) => {
    if (takeToken(request, proxyToken)) void upgrade(request, socket, head)
    else socket.destroy()
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address && typeof address === 'object') process.send?.({ port: address.port })
  })
}

/** Any local process can reach a loopback port, and would get past the front door's checks. The token goes no further. */
function takeToken(request: IncomingMessage, expected: string): boolean {
  const given = Buffer.from(String(request.headers[proxyTokenHeader] ?? ''))
  delete request.headers[proxyTokenHeader]
  const wanted = Buffer.from(expected)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

await main()
