import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobUrl, signed } from '../../support/webhook-bodies'

export type PostAnswer = {
  status: number
  retryAfter: string | null
  /** From the request's last byte to the answer's first. */
  afterMs: number
  json: { id?: string; duplicate?: boolean; code?: string }
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

/**
 * Signs a body and posts it as a sender does. Rejects when there is no answer.
 * @param onSent told when the request's last byte was handed over.
 */
export function postWebhook(url: string, body: Buffer, onSent = () => {}): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}${jobUrl}`, { method: 'POST', agent, headers: signed(body).headers })
    let sentAt = performance.now()
    request.once('finish', () => {
      sentAt = performance.now()
      onSent()
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const afterMs = performance.now() - sentAt
      const chunks: Buffer[] = []
      response.once('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'] ?? null,
          afterMs,
          json: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
        }),
      )
    })
    request.setHeader('content-length', body.length)
    request.end(body)
  })
}

/**
 * Sends what `build` makes, anew for each try as the real sender does, to one of the urls after the other until one says 200.
 * @returns that answer.
 */
export async function deliver(urls: readonly string[], build: () => Buffer): Promise<PostAnswer> {
  for (let attempt = 0; ; attempt++) {
    const url = urls[attempt % urls.length] ?? ''
    const answer = await postWebhook(url, build()).catch(() => null)
    if (answer?.status === 200) return answer
    if (answer && answer.status !== 503) throw new Error(`answered ${answer.status}`)
    // The real one waits 5, 15 and 45 s.
    await sleep(50)
  }
}
