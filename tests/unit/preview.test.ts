import { expect, test } from 'vitest'
import { previewOf } from '@/lib/llm-callbacks/receive/preview'

const preview = (json: string) => previewOf(Buffer.from(json))
/** So long that the whole is never looked at. */
const long = (text: string) => text.padEnd(5_000, 'z')

test('white space is folded and escapes are shown as what they mean', () => {
  expect(preview('{ "a":\n\n\t"x\\ny\\u00e9\\ud83d\\ude00 \\u0007\\ud83d" }')).toBe('{ "a": "x yé😀 \\u0007\\ud83d" }')
  expect(preview('\ufeff "a\u00a0\u3000b"  ')).toBe('"a b"')
})

test('two hundred characters, with an ellipsis for the last where there are more', () => {
  expect(preview('x'.repeat(200))).toBe('x'.repeat(200))
  expect(preview('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`)
  expect(preview('😀'.repeat(200))).toBe('😀'.repeat(200))
  expect(preview('😀'.repeat(201))).toBe(`${'😀'.repeat(199)}…`)
  expect(preview(long('x'))).toBe(`x${'z'.repeat(198)}…`)
})

test.each(Array.from({ length: 14 }, (_, n) => n))(
  'an escape never shows cut apart: %i bytes in front of many',
  (n) => {
    const front = 'x'.repeat(n)
    expect(preview(front + '\\ud83d\\ude00'.repeat(150))).toBe(front + '😀'.repeat(150))
    expect(preview(front + '\\ud83d\\ude00'.repeat(300))).toBe(`${front}${'😀'.repeat(199 - n)}…`)
  },
)

test.each([1, 2, 3, 4])('a character never shows cut apart: %i bytes in front of many', (n) => {
  const front = 'x'.repeat(n)
  expect(preview(front + '漢'.repeat(180))).toBe(front + '漢'.repeat(180))
  expect(preview(front + '😀'.repeat(190))).toBe(front + '😀'.repeat(190))
})

test('what is white for the first kilobytes shows what follows', () => {
  expect(preview(`{${' '.repeat(3_000)}"a": 1}`)).toBe('{ "a": 1}')
  expect(preview(long(' '.repeat(4_096)))).toBe('…')
})

test('U+FFFD that was sent stays', () => {
  expect(preview('"\ufffd"')).toBe('"\ufffd"')
  expect(preview('a\ufffd')).toBe('a\ufffd')
})
