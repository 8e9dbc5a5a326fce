import { getReceiver } from '@/app/receiver'
import { getRuntime } from '@/app/runtime'
import { AppError } from '@/lib/http/app-error'
import { clientOfChain, trustedPeers } from '@/lib/http/client-address'
import { toProblem } from '@/lib/http/to-problem'
import { type BodyLimits, bodyTooLarge, receiveCallback } from '@/lib/llm-callbacks/receive/receive-callback'

/** Answers one webhook request in Next: the same receive path as the front door's, without its care for HTTP framing. */
export async function receiveRequest(request: Request, slug: string): Promise<Response> {
  const answer = await receive(request, slug)
  return new Response(answer.status === 204 ? null : answer.body, answer)
}

async function receive(request: Request, slug: string) {
  try {
    const context = await getReceiver()
    return await receiveCallback(
      {
        method: request.method,
        slug,
        target: request.url,
        clientAddress: () => forwardedAddress(request),
        headerNames: () => [...request.headers.keys()],
        header: (name) => request.headers.get(name),
        readBody: (limits) => readBytes(request, limits),
      },
      context,
    )
  } catch (error) {
    const cause = new AppError('unavailable', 'Callbacks can’t be taken right now. Send it again.', {
      headers: { 'retry-after': '2' },
    })
    getRuntime().log.error({ err: error }, 'the webhook receiver could not be opened')
    return toProblem(cause, () => {})
  }
}

/**
 * A route handler sees no socket: the address is the last that X-Forwarded-For holds beside TRUSTED_PROXIES. Next and the
 * platforms that host it set that header themselves; where nobody does, a sender names the network that it is counted
 * under, and nothing else depends on it.
 */
function forwardedAddress(request: Request): string {
  const isTrustedPeer = trustedPeers(getRuntime().environment.trustedProxies)
  return clientOfChain(request.headers.get('x-forwarded-for') ?? undefined, isTrustedPeer) ?? ''
}

/** The exact bytes: `Request.text()` would drop a byte order mark, and the signature with it. */
async function readBytes(request: Request, { bytesMax, onBytes }: BodyLimits): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (!request.body) return Buffer.alloc(0)
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > bytesMax) throw bodyTooLarge(bytesMax)
    onBytes(bytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}
