import { BlockList, isIP } from 'node:net'

export type IsTrustedPeer = (address: string) => boolean

/**
 * Reads TRUSTED_PROXIES: addresses and CIDR ranges.
 * @throws Error that names the entry that is neither.
 */
export function trustedPeers(entries: readonly string[]): IsTrustedPeer {
  if (entries.length === 0) return () => false
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
 * The last address of an X-Forwarded-For chain that no trusted proxy stands behind: everything left of it could be made up.
 * @returns null where the chain holds no address.
 */
export function clientOfChain(forwardedFor: string | string[] | undefined, isTrustedPeer: IsTrustedPeer) {
  const chain = [forwardedFor ?? []].flat().join(',').split(',')
  const addresses = chain.map((entry) => plainAddress(entry.trim())).filter((entry) => isIP(entry) !== 0)
  return addresses.findLast((address) => !isTrustedPeer(address)) ?? addresses[0] ?? null
}

/** An IPv4 peer of a dual-stack socket, as the IPv4 address that it is. */
export function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
