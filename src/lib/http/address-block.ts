import { isIPv6 } from 'node:net'

/**
 * What one customer of a network commonly holds, as a key to count by: an IPv4 address itself, of an IPv6 address its first
 * 56 bits (whoever has one may use all the others under them).
 */
export function addressBlock(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    // An IPv4 address at the end stands for two groups.
    const tailGroups = tail.split(':').filter(Boolean)
    const tailLength = tailGroups.length + (tail.includes('.') ? 1 : 0)
    groups.push(...Array<string>(8 - groups.length - tailLength).fill('0'), ...tailGroups)
  }
  const [a, b, c, d] = groups.map((group) => Number.parseInt(group, 16))
  return `${[a, b, c, (d ?? 0) & 0xff00].map((group) => group?.toString(16)).join(':')}::/56`
}
