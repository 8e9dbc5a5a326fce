import { expect, test } from 'vitest'
import { maskError } from '@/lib/llm-callbacks/mask-error'

test.each([
  ['a uuid', 'job 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed', 'job # failed'],
  ['a uuid in capitals', '3F2504E0-4F89-11D3-9A0C-0305E82C3301', '#'],
  ['a digest', 'etag d41d8cd98f00b204e9800998ecf8427e differs', 'etag # differs'],
  ['an address in hex', 'segfault at 0xdeadbeef', 'segfault at #'],
  ['a ULID', 'request 01ARZ3NDEKTSV4RRFFQ69G5FAV', 'request #'],
  ['an id after a prefix', 'req_01hx3k9zq4w8r7t5y2 refused', 'req_# refused'],
  ['numbers, whole, with a point, as a time', 'took 1,204.5 ms at 10:30:00', 'took # ms at #'],
  ['digits of other scripts', 'خطأ ٤٢', 'خطأ #'],
  ['a number inside a word', 'step12 of gpt-4o', 'step# of gpt-#o'],
])('%s is masked', (_, text, masked) => {
  expect(maskError(text)).toBe(masked)
})

test.each(['deadbeef', 'defaced facade', 'internationalisation', 'kein Anschluss', ''])('words stay: %s', (text) => {
  expect(maskError(text)).toBe(text)
})

test('a text of ids takes no longer than its length asks for', () => {
  const startedAt = performance.now()
  maskError('a'.repeat(100_000))
  maskError('0-'.repeat(50_000))
  maskError('0.'.repeat(50_000))
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})
