import { describe, expect, test } from 'vitest'
import { searchTerms } from '@/lib/llm-callbacks/search/search-terms'
import { searchableWords } from '@/lib/llm-callbacks/search/searchable-words'
import { wordsOf } from '@/lib/llm-callbacks/search/words'

const words = (text: string) => [...wordsOf(text)]
const found = (body: string | Buffer, fields: (string | null)[] = []) => searchableWords(fields, Buffer.from(body))

describe('words', () => {
  test.each([
    ['Tool call timed out', ['tool', 'call', 'timed', 'out']],
    ['emergency_contacts', ['emergency', 'contacts']],
    ['large-4.1', ['large', '4', '1']],
    ['ana@example.com', ['ana', 'example', 'com']],
    ['550E8400-e29b-41d4-a716-446655440000', ['550e8400', 'e29b', '41d4', 'a716', '446655440000']],
    ['Größe, naïve, Ελλάδα', ['große', 'naive', 'ελλαδα']],
    ['ﬁne １２３', ['fine', '123']],
    ['हिन्दी', ['हिन्दी']],
    ['請求書v2です', ['請求', '求書', 'v2', 'です']],
    ['猫', ['猫']],
    ['a\u202eb\u0000c\ud800d', ['a', 'b', 'c', 'd']],
    ['!!! … "" \\', []],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  test('are cut where they are long, and never through a character', () => {
    expect(words('x'.repeat(10_000))).toEqual(['x'.repeat(64)])
    const [long = ''] = words(`a${'\u{10400}'.repeat(100)}`)
    expect(long.length).toBeLessThanOrEqual(64)
    expect(long.isWellFormed()).toBe(true)
  })

  test('are the same whether the text was composed or not', () => {
    expect(words('cafe\u0301 \u1100\u1161')).toEqual(words('caf\u00e9 \uac00'))
  })
})

describe('what a callback is found by', () => {
  test('has names, values and numbers of the body, and the fields, each once', () => {
    expect(found('{"event":"done","n":42,"again":"done"}', ['job-7', null])).toEqual([
      ...['job', '7', 'event', 'done', 'n', '42', 'again'],
    ])
  })

  test('has the words that escapes mean, also in JSON inside of JSON', () => {
    expect(found('{"a":"caf\\u00e9\\nnext\\tone\\/two"}')).toEqual(
      expect.arrayContaining(['cafe', 'next', 'one', 'two']),
    )
    const nested = JSON.stringify({ arguments: JSON.stringify({ text: 'first\nsecond' }) })
    expect(found(nested)).toEqual(expect.arrayContaining(['arguments', 'text', 'first', 'second']))
  })

  test('can be had of anything: no JSON, no UTF-8, NUL, lone surrogates', () => {
    const body = Buffer.concat([
      Buffer.from('{"a": NaN,, "b\\u0000 \\ud800x'),
      Buffer.from([0xff, 0x00, 0xfe]),
      Buffer.from(' end'),
    ])
    const all = found(body)
    expect(all).toEqual(expect.arrayContaining(['nan', 'x', 'end']))
    for (const word of all) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u)
  })

  test('is bounded, and the fields come first', () => {
    const body = Array.from({ length: 150_000 }, (_, index) => `word${index}`).join(' ')
    const all = found(body, ['job-of-mine'])
    expect(all.slice(0, 3)).toEqual(['job', 'of', 'mine'])
    expect(all.length).toBeLessThanOrEqual(20_000)
    const wide = Array.from({ length: 20_000 }, (_, index) => `${'ж'.repeat(50)}${index}`).join(' ')
    const bytes = found(wide).reduce((sum, word) => sum + Buffer.byteLength(word), 0)
    expect(bytes).toBeLessThan(1_000_000)
  })

  test.each(['\\', '\\u0041', '字', 'a ', '\\\\n'])('takes a megabyte of %j', (piece) => {
    const body = piece.repeat(Math.ceil(1_000_000 / Buffer.byteLength(piece)))
    expect(found(body).length).toBeLessThan(10)
  })
})

describe('what is searched for', () => {
  test.each([
    ['timed out', "'#:timed' & '#:out':*"],
    ['time out.', "'#:time' & '#:out'"],
    ["it's #1", "'#:it' & '#:s' & '#:1':*"],
    ['out OUT', "'#:out':*"],
    ["'); drop table x --", "'#:drop' & '#:table' & '#:x'"],
    ["a:b & c | !d <-> e\\'", "'#:a' & '#:b' & '#:c' & '#:d' & '#:e'"],
  ])('%j is all its words, of which an open last one may go on', (q, expected) => {
    expect(searchTerms(q)).toEqual({ all: expected, lookedUp: expected })
  })

  test('a UUID is looked up by its first and last group, and compared by all', () => {
    const q = 'jobs of 7F8A1C22-9d4e-4b6a-8c11-0a1b2c3d4e5f-x'
    const groups = "'#:7f8a1c22' & '#:9d4e' & '#:4b6a' & '#:8c11' & '#:0a1b2c3d4e5f'"
    expect(searchTerms(q)).toEqual({
      all: `'#:jobs' & '#:of' & ${groups} & '#:x':*`,
      lookedUp: "'#:jobs' & '#:of' & '#:7f8a1c22' & '#:0a1b2c3d4e5f' & '#:x':*",
    })
    const isWhole = (text: string) => searchTerms(text)?.lookedUp === searchTerms(text)?.all
    expect(isWhole('7f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e5f')).toBe(false)
    for (const other of [
      '7f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e',
      '17f8a1c22-9d4e-4b6a-8c11-0a1b2c3d4e5f',
      '9d4e 4b6a 8c11',
    ])
      expect(isWhole(other)).toBe(true)
  })

  test('something is looked up even if all words that are left stand in the middle of UUIDs', () => {
    const groups = Array.from({ length: 18 }, (_, n) => `${1000 + n}`)
    const uuids = [0, 3, 6, 9, 12, 15].map((n) => `7f8a1c22-${groups.slice(n, n + 3).join('-')}-0a1b2c3d4e5f`)
    const terms = searchTerms([...groups, ...uuids].join(' '))
    expect(terms?.lookedUp).toBe(terms?.all)
    expect(terms?.all).toContain('1015')
  })

  test('is nothing where there is no word, and 16 words at most', () => {
    expect(searchTerms('--- !')).toBeNull()
    expect(searchTerms(Array.from({ length: 30 }, (_, n) => `w${n}`).join(' '))?.all.split(' & ')).toHaveLength(16)
  })
})
