import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { IsTrustedPeer } from '@/lib/http/client-address'
import { problem } from '@/lib/http/problem'
import type { ReceiveContext } from '@/lib/llm-callbacks/receive/receive-callback'
import { closeServer } from './close-server'
import type { createConsoleProxy } from './console/console-proxy'
import { type ConnectionLimits, limitConnections } from './limit-connections'
import { refuseBadHttp } from './refuse-bad-http'
import { takePlainRequests } from './webhooks/plain-connections'
import { sendAnswer } from './webhooks/send-answer'
import { answerPlainRequest, handleWebhook } from './webhooks/webhook-handler'
import { webhookSlug } from './webhooks/webhook-slug'

type Options = {
  context: ReceiveContext
  /** Whether a peer may speak for a client (X-Forwarded-For). */
  isTrustedPeer: IsTrustedPeer
  /** Null with --no-console. */
  proxy: ReturnType<typeof createConsoleProxy> | null
  /** Whether to pass upgrades on, for Next's reload in development. */
  withUpgrades: boolean
  /** Whether a callback could be taken right now. */
  isReady: () => Promise<boolean>
  /** Other bounds than the usual ones, for tests. */
  connectionLimits?: ConnectionLimits
}

const headersTimeoutMs = 5_000
const requestTimeoutMs = 60_000
/** Longer than the usual reverse proxy keeps its idle connections, so that it is never we who close one that it reuses. */
const keepAliveTimeoutMs = 75_000
/** Longer than any callback takes to be stored or refused, and short enough for the whole stop to take 5 s. */
export const closePatienceMs = 2_000

export type FrontDoor = {
  server: Server
  /**
   * Stops listening, ends the streams of events and waits for what is under way: it is answered, and its connection takes
   * nothing more. What is still open after 2 s is cut.
   */
  close(): Promise<void>
}

/**
 * Makes the server that listens: webhooks are answered here, `/healthz` and `/readyz` too, and everything else goes to
 * the console. What is not HTTP (two lengths, a negative one, slow headers) Node refuses before any of this.
 */
export function createFrontDoor(options: Options): FrontDoor {
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: 500,
  })
  const connections = limitConnections(server, options.isTrustedPeer, options.connectionLimits)
  const plain = takePlainRequests(server, {
    isTaken: (socket) => !connections.isSurplus(socket),
    async answer(request, socket) {
      connections.begin(socket)
      const answer = await answerPlainRequest(request, socket, options)
      connections.finish(socket)
      return answer
    },
    keepAliveTimeoutMs,
  })
  const underWay = new Set<ServerResponse>()
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive &&= server.listening
    underWay.add(response)
    response.on('close', () => underWay.delete(response))
    if (connections.isSurplus(request.socket)) refuseSurplus(request, response)
    else handle(request, response, options)
  }
  refuseBadHttp(server)
  server.on('request', onRequest)
  // Without this, Node would invite every body in before we have looked at its headers.
  server.on('checkContinue', onRequest)
  // With a listener, Node hands over every request that offers an upgrade, and Java's client offers h2c with each webhook.
  if (options.proxy && options.withUpgrades) server.on('upgrade', options.proxy.upgrade)
  return {
    server,
    close() {
      for (const response of underWay) response.shouldKeepAlive = false
      options.proxy?.endStreams()
      const cut = () => {
        plain.cut()
        server.closeAllConnections()
      }
      return closeServer(server, { closeIdle: connections.closeWaiting, cut, patienceMs: closePatienceMs })
    },
  }
}

function handle(request: IncomingMessage, response: ServerResponse, options: Options): void {
  const target = request.url ?? '/'
  const slug = webhookSlug(target)
  if (slug !== null) void handleWebhook(request, response, slug, options)
  else if (target === '/healthz') sendStatus(request, response, 200, 'ok')
  else if (target === '/readyz') void sendReadiness(request, response, options.isReady)
  else if (options.proxy) void options.proxy.web(request, response)
  else sendAnswer(request, response, problem(404, { code: 'not_found', detail: 'The console does not run here.' }))
}

async function sendReadiness(request: IncomingMessage, response: ServerResponse, isReadyNow: () => Promise<boolean>) {
  const isReady = await isReadyNow()
  sendStatus(request, response, isReady ? 200 : 503, isReady ? 'ready' : 'unavailable')
}

function refuseSurplus(request: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false
  const detail = 'Too many connections at once. Send it again.'
  sendAnswer(request, response, problem(503, { code: 'overloaded', detail, headers: { 'retry-after': '2' } }))
}

function sendStatus(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  sendAnswer(request, response, { status, headers, body: JSON.stringify({ status: text }) })
}
