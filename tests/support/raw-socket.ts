import { connect } from 'node:net'

/** A TCP connection to the server under test that sends exactly what it is told to. */
export type RawSocket = {
  /** Resolves when the bytes are handed over; false once the connection is closed. */
  write(bytes: string | Uint8Array): Promise<boolean>
  /** Everything received so far, as Latin-1. */
  received(): string
  /** Resolves when what was received matches. */
  until(pattern: RegExp): Promise<string>
  /** Resolves with everything received when the server has closed the connection. */
  closed: Promise<string>
  /** Ends our side only, as `shutdown(SHUT_WR)` does. */
  end(): void
  /** Goes away without a word. */
  destroy(): void
}

export function openRawSocket(port: number): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    let text = ''
    let isClosed = false
    const waiting = new Set<() => void>()
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    const closed = new Promise<string>((done) => {
      socket.on('close', () => {
        isClosed = true
        for (const check of waiting) check()
        done(text)
      })
    })
    socket.once('error', reject)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (const check of waiting) check()
    })
    // The server ends an answer with its side of the connection; ours follows.
    socket.on('end', () => socket.end())
    socket.on('connect', () => {
      // From here on a reset is one of the ways in which a server may close.
      socket.on('error', () => {})
      resolve({
        write: (bytes) =>
          new Promise((done) => (isClosed ? done(false) : socket.write(bytes, (error) => done(!error)))),
        received: () => text,
        until: (pattern) =>
          new Promise((done, fail) => {
            const check = () => {
              if (pattern.test(text)) done(text)
              else if (isClosed) fail(new Error(`closed after ${JSON.stringify(text.slice(0, 500))}`))
              else return
              waiting.delete(check)
            }
            waiting.add(check)
            check()
          }),
        closed,
        end: () => socket.end(),
        destroy: () => socket.destroy(),
      })
    })
  })
}

/** The status of every answer on a connection, in order; a 100 Continue included. */
export function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
}

/** The head of a request, ended; each line is `name: value`. */
export function requestHead(
  lines: readonly string[],
  requestLine = 'POST /api/webhooks/llm-callback HTTP/1.1',
): string {
  return `${[requestLine, 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n`
}

/** One chunk of a chunked body. */
export function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

export const lastChunk = '0\r\n\r\n'
