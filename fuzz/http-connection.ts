import { connect, type Socket } from 'node:net'

/** The server's answer; status 0 with the reason as text when there was none. */
export type HttpAnswer = { status: number; text: string }

export type HttpConnection = {
  /** Sends one request and resolves with its answer; never rejects. Not to be called before the last one is answered. */
  send(request: readonly Buffer[]): Promise<HttpAnswer>
  close(): void
}

/** The real sender waits as long. */
const answerMsMax = 30_000

/** A keep-alive connection that is opened anew when the server has closed it; bare sockets cost a third of node:http. */
export function createHttpConnection(port: number): HttpConnection {
  let socket: Socket | null = null
  return {
    async send(request) {
      if (!socket || socket.destroyed || !socket.writable) socket = connect({ port, host: '127.0.0.1', noDelay: true })
      const answer = await exchange(socket, request)
      if (answer.mustClose) socket.destroy()
      return answer
    },
    close() {
      socket?.destroy()
    },
  }
}

function exchange(socket: Socket, request: readonly Buffer[]): Promise<HttpAnswer & { mustClose: boolean }> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    const settle = (answer: HttpAnswer & { mustClose: boolean }) => {
      clearTimeout(timer)
      // A reset after the answer is one of the ways in which a server may close.
      socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error').on('error', ignore)
      resolve(answer)
    }
    const noAnswer = (reason: string) => settle({ status: 0, text: reason, mustClose: true })
    const timer = setTimeout(() => noAnswer(`no answer within ${answerMsMax} ms`), answerMsMax)
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = parseAnswer(received)
      if (answer) settle(answer)
    })
    socket.on('error', (error) => noAnswer(error.message))
    socket.on('close', () => noAnswer('the connection was closed'))
    socket.cork()
    for (const part of request) socket.write(part)
    socket.uncork()
  })
}

const ignore = () => {}

/** Null until the answer is whole. Callboard gives every answer a Content-Length. */
function parseAnswer(received: Buffer): (HttpAnswer & { mustClose: boolean }) | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = received.toString('latin1', 0, headEnd)
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0)
  const length = Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? 0)
  if (received.length < headEnd + 4 + length) return null
  const text = received.toString('utf8', headEnd + 4, headEnd + 4 + length)
  return { status, text, mustClose: /^connection: *close$/im.test(head) }
}
