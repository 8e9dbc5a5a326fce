import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Which hosts the console answers for, and which peers may speak for a client. */
export type Forwarding = { publicUrl: () => URL; isTrustedPeer: (address: string) => boolean }

/**
 * Reads TRUSTED_PROXIES: addresses and CIDR ranges.
 * @throws Error that names the entry that is neither.
 */
export function trustedPeers(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix, ...rest] = entry.split('/')
    const version = isIP(address)
    const isPrefixGood =
      prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32))
    if (version === 0 || !isPrefixGood || rest.length > 0)
      throw new Error(`TRUSTED_PROXIES: "${entry}" is neither an address nor a CIDR range`)
    const family = version === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/**
 * The headers with which a request goes on to the console: what the client claims about itself is dropped unless a
 * trusted proxy says it, and what we know is put in its place.
 * @returns null when the request is for a host that is not ours (DNS rebinding, a forged Host).
 */
export function forwardedHeaders(request: IncomingMessage, forwarding: Forwarding): IncomingHttpHeaders | null {
  const { host, ...claimed } = request.headers
  const publicUrl = forwarding.publicUrl()
  const isTrusted = forwarding.isTrustedPeer(plainAddress(request.socket.remoteAddress))
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
    'x-forwarded-for': clientAddress(request, forwarding),
  }
}

/**
 * Who sends a request: the peer, or, where that is a trusted proxy, the last address in its chain that is none.
 * Everything left of it could be made up.
 */
export function clientAddress(request: IncomingMessage, { isTrustedPeer }: Pick<Forwarding, 'isTrustedPeer'>): string {
  const peer = plainAddress(request.socket.remoteAddress)
  if (!isTrustedPeer(peer)) return peer
  const chain = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const addresses = chain.map((entry) => plainAddress(entry.trim())).filter((entry) => isIP(entry) !== 0)
  return addresses.findLast((address) => !isTrustedPeer(address)) ?? addresses[0] ?? peer
}

function isOurs(host: string, publicUrl: URL): boolean {
  return host === publicUrl.host || /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(host)
}

function firstOf(value: string | string[] | undefined): string | null {
  return [value ?? []].flat()[0]?.split(',')[0]?.trim() || null
}

/** An IPv4 peer of a dual-stack socket, as the IPv4 address that it is. */
export function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
