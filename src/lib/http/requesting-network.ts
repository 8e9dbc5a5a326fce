import { networkOf } from './network-of'

/**
 * The network that a request to the console came from, as the front door tells it: an IPv4 address, or the /56 of an IPv6 one.
 * What is limited by the /56 is limited by each /64 in it too.
 *
 * @returns `unknown` where there is no address, or more than one: somebody in between was not told of to TRUSTED_PROXIES
 */
export function requestingNetwork(headers: Headers): string {
  return networkOf(headers.get('x-forwarded-for')?.trim() ?? '', 32) ?? 'unknown'
}
