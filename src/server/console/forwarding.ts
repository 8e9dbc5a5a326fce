import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type IsTrustedPeer, plainAddress } from '@/lib/http/client-address'
import { clientAddress } from '../client-address'

/** Which hosts the console answers for, and which peers may speak for a client. */
export type Forwarding = { publicUrl: () => URL; isTrustedPeer: IsTrustedPeer }

/**
 * The headers with which a request goes on to the console: what the client claims about itself is dropped unless a
 * trusted proxy says it, and what we know is put in its place.
 * @returns null when the request is for a host that is not ours (DNS rebinding, a forged Host).
 */
export function forwardedHeaders(request: IncomingMessage, forwarding: Forwarding): IncomingHttpHeaders | null {
  const { host, ...claimed } = request.headers
  const publicUrl = forwarding.publicUrl()
  const peer = plainAddress(request.socket.remoteAddress)
  const isTrusted = forwarding.isTrustedPeer(peer)
  const claimedHost = isTrusted ? firstOf(claimed['x-forwarded-host']) : null
  const effectiveHost = (claimedHost ?? host ?? '').toLowerCase()
  if (!isOurs(effectiveHost, publicUrl)) return null
  const claimedProto = isTrusted ? firstOf(claimed['x-forwarded-proto']) : null
  const isPublicHost = effectiveHost === publicUrl.host
  const proto = claimedProto ?? (isPublicHost ? publicUrl.protocol.slice(0, -1) : 'http')

  const headers: IncomingHttpHeaders = {}
  for (const [name, value] of Object.entries(claimed)) {
    const isClaim = name.startsWith('x-forwarded-') || name === 'forwarded' || name === 'x-middleware-subrequest'
    if (!isClaim) headers[name] = value
  }
  return {
    ...headers,
    host: effectiveHost,
    'x-forwarded-host': effectiveHost,
    'x-forwarded-proto': proto === 'https' ? 'https' : 'http',
    'x-forwarded-for': clientAddress(request.socket, () => claimed['x-forwarded-for'], forwarding.isTrustedPeer),
  }
}

function isOurs(host: string, publicUrl: URL): boolean {
  return host === publicUrl.host || /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(host)
}

function firstOf(value: string | string[] | undefined): string | null {
  return [value ?? []].flat()[0]?.split(',')[0]?.trim() || null
}
