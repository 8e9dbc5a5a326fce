import { expect, test } from 'vitest'
import { requestingNetwork } from '@/lib/http/requesting-network'

const of = (address: string) => requestingNetwork(new Headers({ 'x-forwarded-for': address }))

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2ff:a::1', '2001:db8:1:200::/56'],
])('a request of %s comes from %s', (address, network) => expect(of(address)).toBe(network))

test.each(['', 'example.com', '1.2.3.4, 5.6.7.8'])('"%s" names no network', (address) => {
  expect(of(address)).toBe('unknown')
})
