import { expect, test } from 'vitest'
import { networkOf } from '@/lib/http/network-of'

const of = (address: string) => networkOf(new Headers({ 'x-forwarded-for': address }))

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2ff:a::1', '2001:db8:1:200::/56'],
  ['2001:0DB8:0001:0200:0000:0000:0000:0001', '2001:db8:1:200::/56'],
  ['2001:db8::1', '2001:db8:0:0::/56'],
  ['fe80::1%eth0', 'fe80:0:0:0::/56'],
  ['::1', '0:0:0:0::/56'],
])('%s comes from %s', (address, network) => expect(of(address)).toBe(network))

test('every /64 of one /56 is one network, and the next /56 another (case 73)', () => {
  const networks = Array.from({ length: 256 }, (_, i) => of(`2001:db8:1:${(0x200 + i).toString(16)}::1`))
  expect(new Set(networks)).toEqual(new Set(['2001:db8:1:200::/56']))
  expect(of('2001:db8:1:300::1')).toBe('2001:db8:1:300::/56')
})

test.each(['', 'example.com', '1.2.3.4, 5.6.7.8', '2001:db8::/32', '1.2.3'])('"%s" names no network', (address) => {
  expect(of(address)).toBe('unknown')
})
