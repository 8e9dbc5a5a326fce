import { describe, expect, test } from 'vitest'
import { type FieldTree, scanJson } from '@/lib/json/scan-json'
import { JsonSyntaxError } from '@/lib/json/scan-tokens'

const fields: FieldTree = {
  event: true,
  job_id: true,
  timestamp: true,
  cost_data: { total_tokens: true },
}

function scan(text: string | Buffer, depthMax = 2_000) {
  const bytes = Buffer.from(text)
  const result = scanJson(bytes, 0, { fields, cut: ['timestamp'], depthMax })
  const values = Object.fromEntries(
    [...result.fields].map(([path, span]) => [path, bytes.toString('utf8', span.start, span.end)]),
  )
  const cut = result.cut.map((span) => bytes.toString('utf8', span.start, span.end))
  return { values, cut, remarks: [...result.remarks].sort(), isObject: result.isObject }
}

test('finds wanted members with their digits and escapes as sent', () => {
  const { values } = scan(
    '{ "job_id" : 9007199254740993.00 ,"x":[{"job_id":1}],"ev\\u0065nt":"a\\u00fc","cost_data":{"total_tokens":1E2}}',
  )
  expect(values).toEqual({
    job_id: '9007199254740993.00',
    event: '"a\\u00fc"',
    cost_data: '{"total_tokens":1E2}',
    'cost_data/total_tokens': '1E2',
  })
})

test('reports the span of each top-level timestamp member and of no nested one', () => {
  expect(scan('{"a":{"timestamp":1},"timestamp" : "x\\"y" ,"b":2}').cut).toEqual(['"timestamp" : "x\\"y"'])
  expect(scan('{"timestamp":1,"timestamp":[2]}').cut).toEqual(['"timestamp":1', '"timestamp":[2]'])
})

test('of duplicate keys the last wins, with nothing left of the first', () => {
  const { values, remarks } = scan('{"cost_data":{"total_tokens":5},"cost_data":{},"event":"a","event":"b"}')
  expect(values).toEqual({ cost_data: '{}', event: '"b"' })
  expect(remarks).toEqual(['duplicate_keys'])
  expect(scan('{"a":1,"\\u0061":2}').remarks).toEqual(['duplicate_keys'])
  expect(scan('[{"a":1},{"a":1},{"a":{"a":1}}]').remarks).toEqual([])
})

test.each([
  ['{"a":"x\\u0000"}', 'nul'],
  ['{"\\u0000":1}', 'nul'],
  ['["\\ud800"]', 'lone_surrogate'],
  ['["\\udc00\\ud800"]', 'lone_surrogate'],
  ['["\\ud800\\u0041"]', 'lone_surrogate'],
  ['[NaN]', 'non_finite_number'],
  ['[-Infinity]', 'non_finite_number'],
  ['[1e1001]', 'number_out_of_range'],
  ['[1e99999999999]', 'number_out_of_range'],
  [`[${'1'.repeat(1_001)}]`, 'number_out_of_range'],
])('remarks on %s', (text, remark) => {
  expect(scan(text).remarks).toEqual([remark])
})

test('surrogate pairs, 1e400 and -0 are nothing to remark on', () => {
  expect(scan('["\\ud83d\\ude80",1e400,-0,1.00]').remarks).toEqual([])
})

test('524,000 nested arrays are walked without recursion', () => {
  expect(scan('['.repeat(524_000) + ']'.repeat(524_000)).remarks).toEqual(['too_deep'])
})

describe('what is not JSON is refused at its byte', () => {
  test.each([
    ['', 0],
    ['  ', 2],
    ['{', 1],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['[1}', 2],
    ['{"a":1]', 6],
    ['"a', 2],
    ['"\n"', 1],
    ['"\\x"', 1],
    ['"\\u12g4"', 5],
    ['01', 1],
    ['1.', 2],
    ['1e+', 3],
    ['-', 0],
    ['+1', 0],
    ['nul', 0],
    ['nan', 0],
    ['{} {}', 3],
    ["{'a':1}", 1],
    ['{"a":1', 6],
    ['[[]', 3],
  ])('%j', (text, byteOffset) => {
    const failure = (() => {
      try {
        scan(text)
        return null
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(JsonSyntaxError)
    expect((failure as JsonSyntaxError).byteOffset).toBe(byteOffset)
  })
})

test('accepts exactly what JSON.parse accepts, on mutations of real bodies', () => {
  const alphabet = '{}[]",:0123456789.eE+-truefalsn \\u/\t'
  const seed = '{"event":"workflow.completed","job_id":"j","n":[1.5e3,-0,true,null,{"a":"\\u00e9"}]}'
  let state = 12_345
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const accepts = (read: () => unknown) => {
    try {
      read()
      return true
    } catch {
      return false
    }
  }
  let accepted = 0
  for (let round = 0; round < 20_000; round++) {
    const at = random(seed.length)
    const text =
      seed.slice(0, at) + (random(2) ? (alphabet[random(alphabet.length)] ?? '') : '') + seed.slice(at + random(3))
    const expected = accepts(() => JSON.parse(text))
    expect([text, accepts(() => scan(text))]).toEqual([text, expected])
    if (expected) accepted++
  }
  expect(accepted).toBeGreaterThan(1_000)
})

describe('the elements of an array that was asked for', () => {
  const elementsOf = (text: string) => {
    const bytes = Buffer.from(text)
    const wanted = { fields: { runs: true } as const, cut: [], depthMax: 2_000, elements: 'runs' }
    return scanJson(bytes, 0, wanted).elements.map(({ start, end }) => bytes.toString('utf8', start, end))
  }

  test.each([
    ['{"runs":[]}', []],
    ['{"runs":[ ]}', []],
    ['{"runs":[1]}', ['1']],
    [
      '{"a":[7],"runs" : [ {"x":[1,2]} , "a,]b" ,[3,[4]], null ] ,"b":[8]}',
      ['{"x":[1,2]}', '"a,]b"', '[3,[4]]', 'null'],
    ],
    ['{"runs":{"runs":[1]}}', []],
    ['{"x":{"runs":[1]}}', []],
    ['[{"runs":[1]}]', []],
    ['{"runs":"[1]"}', []],
    ['{"runs":[1,2],"runs":[3]}', ['3']],
    ['{"runs":[1,2],"runs":{"runs":[3]}}', []],
    ['{"runs":[1,2],"runs":5}', []],
  ])('%s', (text, elements) => {
    expect(elementsOf(text)).toEqual(elements)
  })
})
