import { expect, test } from 'vitest'
import { createLog } from '@/lib/log/create-log'

function openLog() {
  const written: string[] = []
  const log = createLog('trace', 'test', { write: (text) => written.push(text) })
  /** The one line that was written, parsed; its text is checked to be one line that a terminal obeys in nothing. */
  const line = () => {
    expect(written).toHaveLength(1)
    const [text = ''] = written
    expect(text.indexOf('\n')).toBe(text.length - 1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
    expect(text.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]/)
    expect(text.length).toBeLessThan(50_000)
    return JSON.parse(text) as Record<string, unknown>
  }
  return { log, line }
}

const hostile = 'a\r\n{"level":"fatal"}\n\u001b[2J\u009b2J\u007f\u2028\u2029\u202e\u2066\u0000"\\'
const megabyte = 'x'.repeat(1_000_000)

test('case 67: line breaks, terminal commands and turned text in a field are one JSON line that reads back as it was', () => {
  const { log, line } = openLog()
  log.warn({ field: hostile, nested: { list: [hostile] } }, hostile)
  expect(line()).toMatchObject({ level: 'warn', field: hostile, nested: { list: [hostile] }, msg: hostile })
})

test('case 67: the name of a field is no way around it', () => {
  const { log, line } = openLog()
  log.info({ [hostile]: 1, [megabyte]: 2 })
  expect(line()).toMatchObject({ [hostile]: 1, [`${'x'.repeat(2_000)}…`]: 2 })
})

test('case 67: a megabyte is clipped, wherever it stands', () => {
  const { log, line } = openLog()
  const err = Object.assign(new Error(megabyte, { cause: new Error(megabyte) }), { name: megabyte, code: megabyte })
  log.error({ err, field: megabyte, list: [megabyte, [megabyte]], deep: { er: { and: megabyte } } }, megabyte)
  const clipped = `${'x'.repeat(2_000)}…`
  expect(line()).toMatchObject({
    err: { type: clipped, code: clipped, message: clipped, cause: { message: clipped } },
    field: clipped,
    list: [clipped, [clipped]],
    deep: { er: { and: clipped } },
    msg: clipped,
  })
})

test('case 67: so are a long list, many fields, and what is deeper than anybody logs', () => {
  const { log, line } = openLog()
  type Nested = { next?: Nested }
  const cyclic: Nested = {}
  cyclic.next = cyclic
  const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`field${i}`, i]))
  log.info({ list: Array(100_000).fill(1), fields, cyclic })
  const read = line()
  expect(read.list).toHaveLength(50)
  expect(Object.keys(read.fields as object)).toHaveLength(50)
  expect(read.cyclic).toEqual({ next: { next: { next: '…' } } })
})

test('case 67: an error whose stack was made up keeps to its frames', () => {
  const { log, line } = openLog()
  const err = new Error(hostile)
  err.stack = `Error: ${hostile}\n    at ${megabyte}\n    at real (file.ts:1:1)\nforged line`
  log.error({ err })
  expect(JSON.stringify(line())).not.toContain('forged line')
})
