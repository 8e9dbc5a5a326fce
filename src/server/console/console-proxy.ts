import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Duplex, Readable } from 'node:stream'
import { createProxyServer } from 'httpxy'
import type { Logger } from 'pino'
import { AppError } from '@/lib/http/app-error'
import { closedPolicy, securityHeaders } from '@/lib/http/security-headers'
import { toProblem } from '@/lib/http/to-problem'
import { sendAnswer } from '../webhooks/send-answer'
import { watchEventStreams } from './event-streams'
import { type Forwarding, forwardedHeaders } from './forwarding'
import { proxyTokenHeader } from './proxy-token'
import { createBodyReader } from './read-request-body'

type Options = Forwarding & {
  /** The console's port on loopback; null while there is none. */
  consolePort: () => number | null
  proxyToken: string
  /** How long a reader of a stream may take nothing before it is dropped, for tests. */
  stalledMs?: number
  log: Logger
}

const startingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1">
<title>Callboard</title>
<main style="font:14px/20px system-ui;margin:48px auto;padding:0 16px;max-width:40ch">
<h1 style="font-size:16px">The console is starting</h1>
<p>This page reloads by itself. Callbacks are received meanwhile.</p>
</main>
</html>
`
const startingPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `${closedPolicy}; style-src 'unsafe-inline'`,
}

/**
 * How long the console may keep silent, before its answer or within it: a stream sends a heartbeat every 15 s, and a query
 * ends after 30.
 */
const consoleSilenceMsMax = 60_000

/** Passes everything that is not a webhook on to the console process, streams and upgrades included. */
export function createConsoleProxy(options: Options) {
  // Without a bound on sockets: each open stream of events holds one.
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const proxy = createProxyServer({ agent, proxyTimeout: consoleSilenceMsMax })
  const readBody = createBodyReader()
  const streams = watchEventStreams(options.stalledMs)
  proxy.on('proxyRes', (upstream, _request, response) => {
    // About the connection between the two of us (RFC 9110 section 7.6.1), not about the client's.
    delete upstream.headers.connection
    delete upstream.headers['keep-alive']
    upstream.headers = { ...defaultHeaders(), ...upstream.headers }
    streams.watch(upstream, response as ServerResponse)
  })

  /** What Next leaves out where it answers before its own configuration is read: a path that it can't decode, say. */
  function defaultHeaders(): Record<string, string> {
    const headers = { ...securityHeaders, 'content-security-policy': closedPolicy }
    const isHttps = options.publicUrl().protocol === 'https:'
    return isHttps ? { ...headers, 'strict-transport-security': 'max-age=31536000' } : headers
  }

  function prepare(request: IncomingMessage): { target: string } | AppError {
    const headers = forwardedHeaders(request, options)
    if (!headers) {
      return new AppError(
        'misdirected_request',
        'This host is not served here. Set PUBLIC_URL to the address that browsers use.',
      )
    }
    const port = options.consolePort()
    if (port === null)
      return new AppError('unavailable', 'The console is starting.', { headers: { 'retry-after': '1' } })
    request.headers = { ...headers, [proxyTokenHeader]: options.proxyToken }
    return { target: `http://127.0.0.1:${port}` }
  }

  function notAnswered(error: unknown): AppError {
    options.log.warn({ code: error instanceof Error && 'code' in error ? error.code : null }, 'console did not answer')
    return new AppError('unavailable', 'The console did not answer.', { headers: { 'retry-after': '1' } })
  }

  function refuse(request: IncomingMessage, response: ServerResponse, error: AppError): void {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    const answer = toProblem(error, () => {})
    const isStarting = wantsPage && answer.status === 503
    const headers = { ...defaultHeaders(), ...answer.headers, ...(isStarting ? startingPageHeaders : {}) }
    sendAnswer(request, response, { ...answer, headers, body: isStarting ? startingPage : answer.body })
  }

  return {
    async web(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const prepared = prepare(request)
      if (prepared instanceof AppError) return refuse(request, response, prepared)
      try {
        await readBody(request, response, (body) =>
          proxy.web(request, response, body === null ? prepared : { ...prepared, buffer: Readable.from([body]) }),
        )
      } catch (error) {
        if (response.headersSent) response.destroy()
        else refuse(request, response, error instanceof AppError ? error : notAnswered(error))
      }
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', () => socket.destroy())
      const prepared = prepare(request)
      if (prepared instanceof AppError) socket.destroy()
      else proxy.ws(request, socket as Socket, prepared, head).catch(() => socket.destroy())
    },
    /** Ends the streams of events, which would not end by themselves. */
    endStreams: streams.endAll,
    close() {
      streams.close()
      agent.destroy()
    },
  }
}
