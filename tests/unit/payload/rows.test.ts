import { describe, expect, test } from 'vitest'
import { rowAt, textRows } from '@/components/payload/text-rows'
import { revealed, treeRows, untouchedView } from '@/components/payload/tree-rows'
import { jsonPathOf } from '@/lib/json/tree/json-path'
import { type JsonTree, memberOf } from '@/lib/json/tree/json-tree'
import { readJsonTree } from '@/lib/json/tree/read-json-tree'

function read(text: string): JsonTree {
  const work = readJsonTree(text)
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

describe('treeRows', () => {
  test('opens two levels', () => {
    const tree = read('{"a":{"b":{"c":1}},"d":[1]}')
    expect(treeRows(tree, untouchedView).map(({ node, level }) => [jsonPathOf(tree, node), level])).toEqual([
      ['$', 0],
      ['a', 1],
      ['a.b', 2],
      ['d', 1],
      ['d[0]', 2],
    ])
  })

  test('lists 100 children of a value, then asks for more', () => {
    const tree = read(JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index)))
    const rows = treeRows(tree, untouchedView)
    expect(rows).toHaveLength(102)
    expect(rows.at(-1)).toEqual({ node: 0, level: 1, position: 100, siblings: 1_000, isMore: true })
    expect(treeRows(tree, { ...untouchedView, shown: new Map([[0, 1_000]]) })).toHaveLength(1_001)
  })

  test('what is found deep inside, or far down, gets its line', () => {
    const far = read(JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index)))
    const rows = treeRows(far, revealed(far, untouchedView, 900))
    expect(rows.some(({ node, isMore }) => node === 900 && !isMore)).toBe(true)

    const depth = 1_000
    const deep = read('['.repeat(depth) + ']'.repeat(depth))
    expect(treeRows(deep, revealed(deep, untouchedView, depth - 1))).toHaveLength(depth)
  })

  test('a value that was closed by hand stays closed', () => {
    const tree = read('{"a":{"b":1}}')
    const a = memberOf(tree, 0, 'a') ?? -1
    expect(treeRows(tree, { ...untouchedView, opened: new Map([[a, false]]) })).toHaveLength(2)
  })
})

describe('textRows', () => {
  const rowsOf = (text: string) => {
    const rows = textRows(text)
    return Array.from({ length: rows.count }, (_, at) => [rows.lines[at], text.slice(rows.starts[at], rows.ends[at])])
  }

  test('a row is a line, the last one too if it is empty', () => {
    expect(rowsOf('a\n\nb\n')).toEqual([
      [1, 'a'],
      [2, ''],
      [3, 'b'],
      [4, ''],
    ])
    expect(rowsOf('')).toEqual([[1, '']])
  })

  test('a line of a megabyte is shown in pieces, of which none cuts a character in two', () => {
    const text = `x${'😀'.repeat(500_000)}`
    const rows = rowsOf(text)
    expect(rows.map(([, row]) => row).join('')).toBe(text)
    expect(new Set(rows.map(([line]) => line))).toEqual(new Set([1]))
    for (const [, row] of rows) expect(String(row).isWellFormed()).toBe(true)
  })

  test('an offset leads to its row', () => {
    const text = `${'x'.repeat(2_500)}\nsecond`
    const rows = textRows(text)
    expect(rowAt(rows, 0)).toBe(0)
    expect(rowAt(rows, 2_400)).toBe(2)
    expect(rowAt(rows, text.indexOf('second'))).toBe(3)
  })
})
