import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { addressBlock } from '@/lib/http/address-block'
import { plainAddress } from './console/forwarding'

export type ConnectionLimits = {
  /** Connections at once; what comes above it is dropped. */
  connectionsMax: number
  /** Of one peer. */
  peerConnectionsMax: number
  /** Connections that wait for a request, or for the rest of its headers. */
  waitingMax: number
  peerWaitingMax: number
}

/**
 * Sized for a proxy that stands in front and is not in TRUSTED_PROXIES: all streams, and every callback that is taken at
 * once. Each connection costs a file descriptor and some kilobytes.
 */
const defaultLimits: ConnectionLimits = {
  connectionsMax: 8_192,
  peerConnectionsMax: 4_096,
  waitingMax: 4_096,
  peerWaitingMax: 1_024,
}

type Peer = { key: string; isTrusted: boolean; connections: number; waiting: Set<Socket> }

const busyAnswer =
  'HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'

/**
 * Keeps the many connections that say nothing (slow headers, idle ones) from keeping out those that have something to say:
 * above a limit the one that has waited longest is closed for the new one, the same peer's own first. A peer that holds too
 * many at once, whatever they do, gets 503. Trusted proxies speak for many, so only the limits of all hold for them.
 */
export function limitConnections(
  server: Server,
  isTrustedPeer: (address: string) => boolean,
  limits: ConnectionLimits = defaultLimits,
): void {
  const peers = new Map<string, Peer>()
  const peerOf = new WeakMap<Socket, Peer>()
  /** Of all peers, the longest waiting first. */
  const waiting = new Set<Socket>()
  const requestsUnderWay = new WeakMap<Socket, number>()

  function join(socket: Socket): Peer {
    const address = plainAddress(socket.remoteAddress)
    const key = addressBlock(address)
    const peer = peers.get(key) ?? { key, isTrusted: isTrustedPeer(address), connections: 0, waiting: new Set() }
    peers.set(key, peer)
    peerOf.set(socket, peer)
    peer.connections += 1
    return peer
  }

  function leave(socket: Socket, peer: Peer): void {
    stopWaiting(socket)
    peer.connections -= 1
    if (peer.connections === 0) peers.delete(peer.key)
  }

  function wait(socket: Socket): void {
    const peer = peerOf.get(socket)
    if (!peer || socket.destroyed) return
    waiting.add(socket)
    peer.waiting.add(socket)
    if (!peer.isTrusted && peer.waiting.size > limits.peerWaitingMax) closeFirst(peer.waiting)
    else if (waiting.size > limits.waitingMax) closeFirst(waiting)
  }

  function stopWaiting(socket: Socket): void {
    waiting.delete(socket)
    peerOf.get(socket)?.waiting.delete(socket)
  }

  function closeFirst(sockets: Set<Socket>): void {
    const [socket] = sockets
    if (!socket) return
    stopWaiting(socket)
    socket.destroy()
  }

  function onRequest({ socket }: IncomingMessage, response: ServerResponse): void {
    stopWaiting(socket)
    requestsUnderWay.set(socket, (requestsUnderWay.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const left = (requestsUnderWay.get(socket) ?? 1) - 1
      requestsUnderWay.set(socket, left)
      if (left === 0) wait(socket)
    })
  }

  server.maxConnections = limits.connectionsMax
  server.on('connection', (socket) => {
    const peer = join(socket)
    socket.once('close', () => leave(socket, peer))
    if (peer.isTrusted || peer.connections <= limits.peerConnectionsMax) return wait(socket)
    socket.write(busyAnswer)
    socket.destroySoon()
  })
  server.prependListener('request', onRequest)
  server.prependListener('checkContinue', onRequest)
}
