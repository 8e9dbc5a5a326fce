import { isIP } from 'node:net'

/**
 * The network that an address belongs to, as a key to count by. Of IPv6 it is the /56, which one customer is commonly given whole
 * (RFC 6177), in the form of RFC 5952; of IPv4 the address itself, or its /24. An IPv4 address mapped into IPv6 counts as IPv4.
 *
 * @param ipv4Bits 32 to tell customers apart, 24 where none is to be singled out
 * @returns null for what is no address
 */
export function networkOf(address: string, ipv4Bits: 24 | 32): string | null {
  const version = isIP(address)
  if (version === 0) return null
  return version === 4 ? ipv4Network(address, ipv4Bits) : ipv6Network(address, ipv4Bits)
}

function ipv4Network(address: string, bits: 24 | 32): string {
  return bits === 32 ? address : `${address.slice(0, address.lastIndexOf('.'))}.0/24`
}

function ipv6Network(address: string, ipv4Bits: 24 | 32): string {
  // A zone ("%eth0") says where the address is, not whose.
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array<number>(8 - left.length - right.length).fill(0)
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = [...left, ...zeros, ...right]
  const isMappedIpv4 = (a | b | c | d | e) === 0 && f === 0xffff
  if (isMappedIpv4) return ipv4Network([g >> 8, g & 0xff, h >> 8, h & 0xff].join('.'), ipv4Bits)
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
