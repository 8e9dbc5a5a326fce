import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

const statusOfCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

type Exchange = { request: IncomingMessage; response: ServerResponse }

/**
 * Answers what is not HTTP, and what came too slowly, and closes the connection. Node does so by itself, but what follows a
 * body with too small a Content-Length is read as a request at once: its 400 would take the place of the answer that the
 * request before it is still waiting for.
 */
export function refuseBadHttp(server: Server): void {
  const latest = new WeakMap<Socket, Exchange>()
  const remember = (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response })
  }
  server.prependListener('request', remember)
  server.prependListener('checkContinue', remember)
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket
    const exchange = latest.get(socket)
    if (exchange && isBeingAnswered(exchange)) {
      exchange.response.shouldKeepAlive = false
      exchange.response.once('close', () => socket.destroy())
      return
    }
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const status = statusOfCode[error.code ?? ''] ?? 400
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    }
    socket.destroySoon()
  })
}

/** Whether a whole answer is still to come or has begun: nothing may be written in its place or into it. */
function isBeingAnswered({ request, response }: Exchange): boolean {
  return !response.writableFinished && (response.headersSent || request.complete)
}
