import { expect, test } from 'vitest'
import { returnPath } from '@/app/return-path'

test.each(['/callbacks', '/callbacks?status=failed&cursor=ab.12#x', '/callbacks/0190a3f2'])(
  'goes back to %s',
  (path) => {
    expect(returnPath(path)).toBe(path)
  },
)

test.each([
  undefined,
  '',
  'callbacks',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  ' /callbacks',
  'http://[',
])('does not follow %j', (path) => {
  expect(returnPath(path)).toBe('/callbacks')
})

test('does not follow a list', () => {
  expect(returnPath(['/callbacks?a', '//evil.example'])).toBe('/callbacks')
})
