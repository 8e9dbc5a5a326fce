import { describe, expect, test } from 'vitest'
import { diffJson } from '@/lib/json/tree/diff-json'
import { findInTree, offsetOfMatch } from '@/lib/json/tree/find-in-tree'
import { findProse } from '@/lib/json/tree/find-prose'
import { jsonPathOf } from '@/lib/json/tree/json-path'
import { childrenOf, clippedText, type JsonTree, keyOf, memberOf, sourceOf, stringOf } from '@/lib/json/tree/json-tree'
import { NotJsonError, readJsonTree } from '@/lib/json/tree/read-json-tree'
import { tokensBetween } from '@/lib/json/tree/tokens-between'

/** What a generator returns, without leaving the thread in between. */
function finish<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

const read = (text: string): JsonTree => finish(readJsonTree(text))
const sources = (tree: JsonTree) => [...childrenOf(tree, 0)].map((child) => sourceOf(tree, child))

describe('readJsonTree', () => {
  test('case 34: numbers keep their digits', () => {
    const digits = ['9007199254740993', '12345678901234567890', '0.10', '1.00', '1E2', '-0', '1e400', '1e-7']
    expect(sources(read(`[${digits.join(', ')}]`))).toEqual(digits)
  })

  test('case 35: the bare NaN and Infinity of Python are values', () => {
    expect(sources(read('[NaN,Infinity,-Infinity,null,true,false]'))).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
      'null',
      'true',
      'false',
    ])
  })

  test('case 32: duplicate keys are both there, and the last is the member of that name', () => {
    const tree = read('{"a":1,"b":2,"a":3}')
    expect([...childrenOf(tree, 0)].map((child) => [keyOf(tree, child), sourceOf(tree, child)])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ])
    expect(sourceOf(tree, memberOf(tree, 0, 'a') ?? -1)).toBe('3')
  })

  test('case 33: __proto__ and constructor are keys like others', () => {
    const tree = read('{"__proto__":{"x":1},"constructor":2}')
    expect([...childrenOf(tree, 0)].map((child) => keyOf(tree, child))).toEqual(['__proto__', 'constructor'])
    expect(sourceOf(tree, memberOf(tree, 0, 'constructor') ?? -1)).toBe('2')
  })

  test('case 31: half a million levels are read without recursion', () => {
    const depth = 524_000
    const tree = read('['.repeat(depth) + ']'.repeat(depth))
    expect(tree.size).toBe(depth)
    expect([tree.starts[depth - 1], tree.ends[depth - 1]]).toEqual([depth - 1, depth + 1])
  })

  test('strings end at the quote that no backslash escapes, and mean what their escapes say', () => {
    const tree = read(String.raw`{"a\"b":"x\\","\u00e9":"\ud83d\ude00\u0000"}`)
    expect([...childrenOf(tree, 0)].map((child) => [keyOf(tree, child), stringOf(tree, child)])).toEqual([
      ['a"b', 'x\\'],
      ['é', '😀\0'],
    ])
  })

  test.each(['', '[', '{"a"}', '[1,]', '{"a":1,}', '[01]', 'nul', '"open', '1 2', '{a:1}', '[1}'])(
    'no tree is made of %j',
    (text) => {
      expect(() => read(text)).toThrow(NotJsonError)
    },
  )

  test('blanks around everything are no values', () => {
    expect(sources(read(' \r\n\t[ 1 , { } , [ ] ] \n'))).toEqual(['1', '{ }', '[ ]'])
  })

  test('leaves the thread to others while it reads', () => {
    const steps = [...readJsonTree(`[${'0,'.repeat(100_000)}0]`)]
    expect(steps.length).toBeGreaterThan(50)
  })
})

test('a clipped string is cut between characters, never inside an escape', () => {
  const tree = read(String.raw`["\u00e9\u00e9\u00e9\u00e9"]`)
  for (let charactersMax = 0; charactersMax <= 24; charactersMax++) {
    expect('éééé'.startsWith(clippedText(tree, 1, charactersMax))).toBe(true)
  }
  expect(clippedText(tree, 1, 24)).toBe('éééé')
})

test('a path is written as JavaScript writes it', () => {
  const tree = read('{"result":{"items":[0,{"title":"x","a b":[1]}]}}')
  const paths = Array.from({ length: tree.size }, (_, node) => jsonPathOf(tree, node))
  expect(paths).toEqual([
    '$',
    'result',
    'result.items',
    'result.items[0]',
    'result.items[1]',
    'result.items[1].title',
    'result.items[1]["a b"]',
    'result.items[1]["a b"][0]',
  ])
})

describe('findInTree', () => {
  test('finds keys and values, whatever their case, by the characters that escapes mean', () => {
    const tree = read(String.raw`{"Stra\u00dfe":"x","b":["STRA\u00dfE 1",12,"straw"]}`)
    const found = finish(findInTree(tree, 'straß'))
    expect(found.map(({ node, isKey }) => [jsonPathOf(tree, node), isKey])).toEqual([
      ['Straße', true],
      ['b[0]', false],
    ])
    expect(finish(findInTree(tree, 'STRAW'))).toHaveLength(1)
    expect(finish(findInTree(tree, '12'))).toHaveLength(1)
  })

  test('tells where in the text a match stands', () => {
    const tree = read('{"a":"one two"}')
    const [match] = finish(findInTree(tree, 'two'))
    expect(match && offsetOfMatch(tree, match, 'two')).toBe('{"a":"one '.length)
  })
})

describe('findProse', () => {
  const long = 'word '.repeat(50)

  test('takes the longest string of 200 characters under result first', () => {
    const longer = `${long}and more`
    const tree = read(JSON.stringify({ error: `${longer}!`, result: { short: 'x', a: long, b: [{ text: longer }] } }))
    expect(findProse(tree)).toEqual([
      { path: 'result.b[0].text', text: longer },
      { path: 'result.a', text: long },
    ])
  })

  test('takes a result that is itself a string, and nothing of 199 characters', () => {
    expect(findProse(read(JSON.stringify({ result: long })))).toEqual([{ path: 'result', text: long }])
    expect(findProse(read(JSON.stringify({ result: 'x'.repeat(199) })))).toEqual([])
    expect(findProse(read(JSON.stringify({ result: 'x'.repeat(200) })))).toHaveLength(1)
    expect(findProse(read('[1]'))).toEqual([])
  })
})

describe('diffJson', () => {
  const diff = (left: string, right: string) => finish(diffJson(read(left), read(right), ['timestamp']))

  test('counts values, and tells which differ, by their digits', () => {
    expect(diff('{"a":1.0,"b":[1,2],"c":{}}', '{"b":[1,3,4],"a":1.00,"c":{}}')).toEqual({
      valueCount: 5,
      differences: [
        { path: 'a', left: '1.0', right: '1.00' },
        { path: 'b[1]', left: '2', right: '3' },
        { path: 'b[2]', left: null, right: '4' },
      ],
    })
  })

  test('leaves out the timestamp, and only the one at the top', () => {
    expect(diff('{"timestamp":{"x":1},"b":{"timestamp":1}}', '{"timestamp":2,"b":{"timestamp":2}}')).toEqual({
      valueCount: 1,
      differences: [{ path: 'b.timestamp', left: '1', right: '2' }],
    })
  })

  test('a key that stands twice is two values', () => {
    expect(diff('{"a":1,"a":2}', '{"a":1,"a":3}').differences).toEqual([{ path: 'a (2)', left: '2', right: '3' }])
  })

  test('equal texts differ in nothing', () => {
    expect(diff('{"a":[{}]}', ' {"a": [ {} ]}')).toEqual({ valueCount: 1, differences: [] })
  })
})

test('tokens of a stretch are cut to it', () => {
  const text = '{"key":"a long string","n":12,"w":null}'
  const tree = read(text)
  const shown = (start: number, end: number) =>
    tokensBetween(tree, start, end).map((token) => [token.kind, text.slice(token.start, token.end)])
  expect(shown(0, text.length)).toEqual([
    ['key', '"key"'],
    ['string', '"a long string"'],
    ['key', '"n"'],
    ['number', '12'],
    ['key', '"w"'],
    ['word', 'null'],
  ])
  expect(shown(10, 14)).toEqual([['string', 'long']])
  expect(shown(22, 25)).toEqual([['key', '"n']])
})
