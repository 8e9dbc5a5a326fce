import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { trustedPeers } from '@/lib/http/client-address'
import { forwardedHeaders } from '@/server/console/forwarding'

function forward(headers: Record<string, string>, peer = '203.0.113.9', trusted: string[] = []) {
  const request = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage
  const publicUrl = () => new URL('https://callboard.example.com')
  return forwardedHeaders(request, { publicUrl, isTrustedPeer: trustedPeers(trusted) })
}

test('what a client claims about itself is dropped, and what is known is put in its place', () => {
  const headers = forward({
    host: 'callboard.example.com',
    'x-forwarded-for': '10.0.0.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '99',
    forwarded: 'for=10.0.0.1',
    'x-middleware-subrequest': 'src/middleware',
    cookie: 'kept=1',
  })
  expect(headers).toEqual({
    cookie: 'kept=1',
    host: 'callboard.example.com',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'callboard.example.com',
    'x-forwarded-proto': 'https',
  })
})

test.each(['localhost:3000', '127.0.0.1', '[::1]:3000', 'CALLBOARD.example.com'])('host %s is ours', (host) => {
  expect(forward({ host })).toMatchObject({ host: host.toLowerCase() })
})

test.each([
  'evil.example',
  'localhost.evil.example',
  'callboard.example.com.evil.example',
  '127.0.0.1.nip.io',
  '',
  'localhost:3000/x',
])('host "%s" is refused', (host) => expect(forward({ host })).toBeNull())

test('a trusted proxy speaks for the client, up to the last address that it did not make up', () => {
  const headers = forward(
    {
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'callboard.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '1.2.3.4, 198.51.100.7, 10.0.0.5',
    },
    '::ffff:10.0.0.2',
    ['10.0.0.0/8'],
  )
  expect(headers).toMatchObject({
    host: 'callboard.example.com',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '198.51.100.7',
  })
})

test('a trusted proxy can’t bring in a host that is not ours', () => {
  expect(forward({ host: '127.0.0.1', 'x-forwarded-host': 'evil.example' }, '10.0.0.2', ['10.0.0.2'])).toBeNull()
})

test('plain localhost is plain http, whatever PUBLIC_URL is', () => {
  expect(forward({ host: 'localhost:3000' })).toMatchObject({ 'x-forwarded-proto': 'http' })
})

test.each(['proxy.internal', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x'])(
  'the entry %s of TRUSTED_PROXIES is refused',
  (entry) => expect(() => trustedPeers([entry])).toThrow(`TRUSTED_PROXIES: "${entry}"`),
)
