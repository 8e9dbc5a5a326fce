import { expect, test } from 'vitest'
import { addressPrefix } from '@/lib/rejected-deliveries/address-prefix'

test.each([
  ['192.0.2.17', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['::ffff:192.0.2.17', '192.0.2.0/24'],
  ['::FFFF:192.0.2.17', '192.0.2.0/24'],
  ['::ffff:c000:211', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:192.0.2.17', '192.0.2.0/24'],
])('the network of %s is the /24 %s', (address, prefix) => expect(addressPrefix(address)).toBe(prefix))

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
])('the network of %s is the /56 %s', (address, prefix) => expect(addressPrefix(address)).toBe(prefix))

test.each(['', 'unknown', '192.0.2', '192.0.2.0/24', '2001:db8', '_hidden', '1:2:3:4:5:6:7:8:9'])(
  'what is no address has no network of its own: "%s"',
  (address) => expect(addressPrefix(address)).toBe('other'),
)
