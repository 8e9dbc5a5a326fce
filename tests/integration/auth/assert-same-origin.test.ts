import { expect, test } from 'vitest'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { trustedOriginsOf } from '@/lib/auth/trusted-origins'

const trustedOrigins = trustedOriginsOf({ publicUrl: 'https://inbox.example.com/', port: 3000 })

test.each(['https://inbox.example.com', 'http://localhost:3000', 'http://127.0.0.1:3000'])('lets %s in', (origin) => {
  expect(() => assertSameOrigin(new Headers({ origin }), { trustedOrigins })).not.toThrow()
})

test.each([
  'https://evil.example',
  'null',
  '',
  'http://inbox.example.com',
  'https://inbox.example.com.evil.example',
  'https://inbox.example.com:8443',
  'http://localhost:3001',
  'https://inbox.example.com, https://evil.example',
])('refuses "%s"', (origin) => {
  expect(() => assertSameOrigin(new Headers({ origin }), { trustedOrigins })).toThrow(
    expect.objectContaining({ code: 'cross_origin' }),
  )
})

test('refuses a request without an Origin, whatever else it claims', () => {
  const headers = new Headers({
    host: 'inbox.example.com',
    referer: 'https://inbox.example.com/',
    'sec-fetch-site': 'same-origin',
    'x-forwarded-host': 'inbox.example.com',
  })
  expect(() => assertSameOrigin(headers, { trustedOrigins })).toThrow(expect.objectContaining({ code: 'cross_origin' }))
})
