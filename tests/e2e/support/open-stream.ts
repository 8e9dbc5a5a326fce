import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'

export type OpenStream = {
  status: number
  headers: IncomingMessage['headers']
  /** The first that came: the beginning of the stream, or the problem. */
  first: string
  /** Resolves when the server has ended the stream; `cut` when it broke off in the middle. */
  ended: Promise<'in order' | 'cut'>
  close(): void
}

/** Opens a stream of events on a connection of its own. */
export function openStream(url: string, cookie: string): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = httpRequest(`${url}/api/admin/llm-callbacks/stream`, {
      agent: false,
      headers: { cookie },
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const ended = new Promise<'in order' | 'cut'>((settle) => {
        response.once('close', () => settle(response.complete ? 'in order' : 'cut'))
      })
      response.on('error', () => {})
      response.once('data', (chunk: Buffer) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          first: chunk.toString(),
          ended,
          close: () => request.destroy(),
        }),
      )
    })
    request.end()
  })
}
