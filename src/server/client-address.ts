import type { Socket } from 'node:net'
import { clientOfChain, type IsTrustedPeer, plainAddress } from '@/lib/http/client-address'

/**
 * Who sent a request: the peer of its socket, or whom a trusted proxy speaks for.
 * @param forwardedFor the request's X-Forwarded-For.
 * @returns '' where the socket is gone already.
 */
export function clientAddress(
  { remoteAddress }: Socket,
  forwardedFor: () => string | string[] | undefined,
  isTrustedPeer: IsTrustedPeer,
): string {
  const peer = plainAddress(remoteAddress)
  return isTrustedPeer(peer) ? (clientOfChain(forwardedFor(), isTrustedPeer) ?? peer) : peer
}
