import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'

export type Sent = {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }

/** A program that sends exactly the headers it is told to, follows no redirect, and gives up on an answer after 15 s. */
export function sendTo(url: string, { path, method = 'GET', headers, body }: Sent): Promise<Answer> {
  const { hostname, port, host } = new URL(url)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers: { host, ...headers }, agent: false })
    request.setTimeout(15_000, () => request.destroy(new Error(`${method} ${path}: no answer within 15 s`)))
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        })
      })
    })
    request.end(body)
  })
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookieOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}
