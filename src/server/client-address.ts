import type { IncomingMessage } from 'node:http'
import { clientOfChain, type IsTrustedPeer, plainAddress } from '@/lib/http/client-address'

/**
 * Who sent a request: the peer of its socket, or whom a trusted proxy speaks for.
 * @returns '' where the socket is gone already.
 */
export function clientAddress(request: IncomingMessage, isTrustedPeer: IsTrustedPeer): string {
  const peer = plainAddress(request.socket.remoteAddress)
  return isTrustedPeer(peer) ? (clientOfChain(request.headers['x-forwarded-for'], isTrustedPeer) ?? peer) : peer
}
