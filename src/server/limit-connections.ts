import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type IsTrustedPeer, plainAddress } from '@/lib/http/client-address'
import { networkOf } from '@/lib/http/network-of'

export type ConnectionLimits = {
  /** Connections at once; what comes above it is dropped. */
  connectionsMax: number
  /** Of one peer. */
  peerConnectionsMax: number
  /** Connections that wait for a request, or for the rest of its headers. */
  waitingMax: number
  peerWaitingMax: number
  /** One that has not waited this long is never closed for another: its request may have arrived and not been read yet. */
  waitingMsMin: number
}

/**
 * Sized for a proxy that stands in front and is not in TRUSTED_PROXIES: all streams, and every callback that is taken at
 * once. Each connection costs a file descriptor and some kilobytes.
 */
const defaultLimits: ConnectionLimits = {
  connectionsMax: 16_384,
  peerConnectionsMax: 4_096,
  waitingMax: 4_096,
  peerWaitingMax: 1_024,
  waitingMsMin: 2_000,
}

/** Since when each waits, the longest waiting first. */
type Waiting = Map<Socket, number>

export type Connections = {
  /** Whether a connection is one too many of its peer: what it asks for is to be refused. */
  isSurplus(socket: Socket): boolean
  /** A request has come that is not Node's: the connection waits no more. */
  begin(socket: Socket): void
  /** It is answered. */
  finish(socket: Socket): void
  /** Closes every connection on which nothing is under way. Node's own way also cuts answers that are not all sent. */
  closeWaiting(): void
}

/** `underWay`: requests that are not answered. */
type Connection = { peer: Peer; underWay: number }

type Peer = { key: string; isTrusted: boolean; connections: number; waiting: Waiting }

/**
 * Keeps the many connections that say nothing (slow headers, idle ones) from keeping out those that have something to say:
 * above a limit the one that has waited longest is closed for the new one, the same peer's own first. Trusted proxies speak
 * for many, so only the limits of all hold for them.
 */
export function limitConnections(
  server: Server,
  isTrustedPeer: IsTrustedPeer,
  limits: ConnectionLimits = defaultLimits,
): Connections {
  const peers = new Map<string, Peer>()
  const connections = new WeakMap<Socket, Connection>()
  const waiting: Waiting = new Map()
  const surplus = new WeakSet<Socket>()

  function join(socket: Socket): Peer {
    const address = plainAddress(socket.remoteAddress)
    const key = networkOf(address, 32) ?? ''
    const peer = peers.get(key) ?? { key, isTrusted: isTrustedPeer(address), connections: 0, waiting: new Map() }
    peers.set(key, peer)
    connections.set(socket, { peer, underWay: 0 })
    peer.connections += 1
    return peer
  }

  function leave(socket: Socket, peer: Peer): void {
    stopWaiting(socket)
    peer.connections -= 1
    if (peer.connections === 0) peers.delete(peer.key)
  }

  function wait(socket: Socket): void {
    const peer = connections.get(socket)?.peer
    if (!peer || socket.destroyed) return
    const now = performance.now()
    waiting.set(socket, now)
    peer.waiting.set(socket, now)
    if (!peer.isTrusted && peer.waiting.size > limits.peerWaitingMax) closeFirst(peer.waiting, now)
    else if (waiting.size > limits.waitingMax) closeFirst(waiting, now)
  }

  function stopWaiting(socket: Socket): void {
    waiting.delete(socket)
    connections.get(socket)?.peer.waiting.delete(socket)
  }

  function closeFirst(candidates: Waiting, now: number): void {
    const [first] = candidates
    if (!first) return
    const [socket, since] = first
    if (now - since < limits.waitingMsMin) return
    stopWaiting(socket)
    socket.destroy()
  }

  function begin(socket: Socket): void {
    stopWaiting(socket)
    const connection = connections.get(socket)
    if (connection) connection.underWay += 1
  }

  function finish(socket: Socket): void {
    const connection = connections.get(socket)
    if (!connection) return
    connection.underWay -= 1
    if (connection.underWay === 0) wait(socket)
  }

  function onRequest({ socket }: IncomingMessage, response: ServerResponse): void {
    begin(socket)
    response.on('close', () => finish(socket))
  }

  server.maxConnections = limits.connectionsMax
  server.on('connection', (socket) => {
    const peer = join(socket)
    socket.once('close', () => leave(socket, peer))
    if (!peer.isTrusted && peer.connections > limits.peerConnectionsMax) surplus.add(socket)
    wait(socket)
  })
  server.prependListener('request', onRequest)
  server.prependListener('checkContinue', onRequest)
  return {
    isSurplus: (socket) => surplus.has(socket),
    begin,
    finish,
    closeWaiting() {
      for (const socket of [...waiting.keys()]) socket.destroy()
    },
  }
}
