import { expect, test } from 'vitest'
import { networkOf } from '@/lib/http/network-of'

test.each([
  ['192.0.2.17', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['::ffff:192.0.2.17', '192.0.2.0/24'],
  ['::FFFF:192.0.2.17', '192.0.2.0/24'],
  ['::ffff:c000:211', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:192.0.2.17', '192.0.2.0/24'],
])('the network of %s is the /24 %s', (address, prefix) => expect(networkOf(address, 24)).toBe(prefix))

test.each([
  ['2001:db8:1:22ff::1', '2001:db8:1:2200::/56'],
  ['2001:db8:1:22ab:aaaa:bbbb:cccc:dddd', '2001:db8:1:2200::/56'],
  ['2001:0DB8:0001:2200::', '2001:db8:1:2200::/56'],
  ['2001:db8::1', '2001:db8::/56'],
  ['2001:0:0:ff01::1', '2001:0:0:ff00::/56'],
  ['2001:db8::192.0.2.1', '2001:db8::/56'],
  ['64:ff9b::192.0.2.1', '64:ff9b::/56'],
  ['fe80::1%eth0', 'fe80::/56'],
  ['::1', '::/56'],
  ['::', '::/56'],
])('the network of %s is the /56 %s', (address, prefix) => expect(networkOf(address, 24)).toBe(prefix))

test('of IPv4 the address itself is kept where customers are to be told apart', () => {
  expect(networkOf('192.0.2.17', 32)).toBe('192.0.2.17')
  expect(networkOf('::ffff:192.0.2.17', 32)).toBe('192.0.2.17')
})

test('every /64 of one /56 is one network, and the next /56 another (case 73)', () => {
  const networks = Array.from({ length: 256 }, (_, i) => networkOf(`2001:db8:1:${(0x200 + i).toString(16)}::1`, 32))
  expect(new Set(networks)).toEqual(new Set(['2001:db8:1:200::/56']))
  expect(networkOf('2001:db8:1:300::1', 32)).toBe('2001:db8:1:300::/56')
})

test.each(['', 'unknown', '1.2.3.4, 5.6.7.8', '192.0.2', '192.0.2.0/24', '2001:db8', '_hidden', '1:2:3:4:5:6:7:8:9'])(
  'what is no address has no network of its own: "%s"',
  (address) => expect(networkOf(address, 24)).toBeNull(),
)
