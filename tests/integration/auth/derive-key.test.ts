import { expect, test } from 'vitest'
import { deriveKey } from '@/lib/auth/derive-key'

test('is HKDF-SHA-256: the third test vector of RFC 5869', () => {
  const okm = '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'
  expect(deriveKey('\x0b'.repeat(22), '', 42).toString('hex')).toBe(okm)
})

test('gives each purpose and each secret a key of its own, the same each time', () => {
  const key = deriveKey('secret', 'session')
  expect(key).toHaveLength(32)
  expect(deriveKey('secret', 'session')).toEqual(key)
  expect(deriveKey('secret', 'sealing')).not.toEqual(key)
  expect(deriveKey('other', 'session')).not.toEqual(key)
})
