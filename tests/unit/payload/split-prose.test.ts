import { expect, test } from 'vitest'
import { headingsOf } from '@/components/prose/headings-of'
import { readLink } from '@/components/prose/read-link'
import { splitProse } from '@/components/prose/split-prose'

test('short prose stays whole', () => {
  const text = '- one\n\n- two\n'.repeat(100)
  expect(splitProse(text)).toEqual([text])
})

test('long prose is cut at blank lines, and nothing of it is lost', () => {
  const text = `${'A paragraph of some words. '.repeat(20)}\n\n`.repeat(200)
  const pieces = splitProse(text)
  expect(pieces.length).toBeGreaterThan(10)
  expect(pieces.join('\n')).toBe(text)
  for (const piece of pieces) expect(piece.length).toBeLessThan(16_000)
})

test('fenced code is not cut in two', () => {
  const code = `\`\`\`js\n${'let x = 1\n\n'.repeat(700)}\`\`\``
  const text = `${'Before.\n\n'.repeat(450)}${code}\n\n${'After.\n\n'.repeat(600)}`
  expect(splitProse(text).filter((piece) => piece.includes('let x'))).toHaveLength(1)
})

test('a megabyte in one line is cut between words, into pieces that are laid out in one go', () => {
  const pieces = splitProse('word '.repeat(200_000))
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(12_100)
  expect(pieces.join('\n').replaceAll('\n', '')).toBe('word '.repeat(200_000))
  expect(Math.max(...splitProse('x'.repeat(1_000_000)).map(({ length }) => length))).toBeLessThanOrEqual(12_100)
})

test('headings are those outside of code, without their marks', () => {
  const text = '# One\n\n```\n# not this\n```\n\n## **Two** ##\n#hash\n~~~\n```\n# nor this\n~~~\n### Three'
  expect(headingsOf(text)).toEqual([
    { level: 1, text: 'One' },
    { level: 2, text: 'Two' },
    { level: 3, text: 'Three' },
  ])
})

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,x',
  '/callbacks',
  '#x',
  'vbscript:x',
  'file:///etc',
  '',
])('case 66: %j is no link that can be followed', (url) => expect(readLink(url)).toBeNull())

test('a link tells its host, as it will be followed', () => {
  expect(readLink('https://user@exаmple.com:8443/x')).toEqual({
    href: 'https://user@xn--exmple-4nf.com:8443/x',
    host: 'xn--exmple-4nf.com:8443',
  })
  expect(readLink('mailto:ana@example.com')?.host).toBe('ana@example.com')
})
