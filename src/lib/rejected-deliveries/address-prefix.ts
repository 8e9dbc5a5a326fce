import { isIP } from 'node:net'

/** Stands for every network that is not named: the address is unknown, or there are too many. */
export const otherPrefix = 'other'

/**
 * The network that an address belongs to, wide enough not to single out a household: /24 of IPv4, /56 of IPv6 (what one
 * customer is commonly given, RFC 6177), in the form of RFC 5952. An IPv4 address mapped into IPv6 counts as IPv4.
 * @returns `otherPrefix` for what is no address.
 */
export function addressPrefix(address: string): string {
  const version = isIP(address)
  if (version === 4) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  return version === 6 ? ipv6Prefix(address) : otherPrefix
}

function ipv6Prefix(address: string): string {
  // A zone ("%eth0") says where the address is, not whose.
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array<number>(8 - left.length - right.length).fill(0)
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = [...left, ...zeros, ...right]
  if ((a | b | c | d | e) === 0 && f === 0xffff) return `${g >> 8}.${g & 0xff}.${h >> 8}.0/24`
  const network = [a, b, c, d & 0xff00]
  // The zeros after the prefix are the longest run, and take in those right before them.
  while (network.at(-1) === 0) network.pop()
  return `${network.map((group) => group.toString(16)).join(':')}::/56`
}

/** The 16-bit groups of a part of an address; dotted decimals at its end are two of them. */
function groupsOf(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}
