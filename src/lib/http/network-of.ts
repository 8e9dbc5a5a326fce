import { isIP } from 'node:net'

/**
 * The network that a request came from, as the front door tells it: an IPv4 address, or the /56 of an IPv6 one, which a single
 * customer commonly holds whole. What is limited by the /56 is limited by each /64 in it too.
 *
 * @returns `unknown` where there is no address, or more than one: somebody in between was not told of to TRUSTED_PROXIES
 */
export function networkOf(headers: Headers): string {
  const address = headers.get('x-forwarded-for')?.trim().replace(/%.*$/, '') ?? ''
  const version = isIP(address)
  if (version === 0) return 'unknown'
  if (version === 4) return address
  const groups = groupsOf(address)
  const isMappedIpv4 = groups.slice(0, 6).join() === '0,0,0,0,0,65535'
  if (isMappedIpv4)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  const prefix = [...groups.slice(0, 3), (groups[3] ?? 0) & 0xff00]
  return `${prefix.map((group) => group.toString(16)).join(':')}::/56`
}

/** The eight numbers of an IPv6 address; URL's parser takes every form in which one can be written. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [left = '', right = ''] = canonical.split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16))
}
