import { describe, expect, test } from 'vitest'
import {
  cutMiddle,
  formatBytes,
  formatCost,
  formatCount,
  formatDuration,
  formatExactTime,
  formatId,
  formatRelativeTime,
  formatTimeOfDay,
  formatUtcTime,
} from '@/components/format'
import { visibleText } from '@/lib/text/visible-text'

const now = new Date('2026-11-23T12:00:00Z')

describe('formatRelativeTime', () => {
  test.each([
    ['2026-11-23T12:00:00Z', 'now'],
    ['2026-11-23T11:59:50.001Z', 'now'],
    ['2026-11-23T11:59:50Z', '10 s'],
    ['2026-11-23T11:59:00.001Z', '59 s'],
    ['2026-11-23T11:59:00Z', '1 min'],
    ['2026-11-23T11:00:00.001Z', '59 min'],
    ['2026-11-23T11:00:00Z', '1 h'],
    ['2026-11-22T12:00:00.001Z', '23 h'],
    ['2026-11-22T12:00:00Z', '1 d'],
    ['2026-11-16T12:00:00.001Z', '6 d'],
    ['2026-11-16T12:00:00Z', '16 Nov'],
    ['2026-09-02T12:00:00Z', '2 Sep'],
    ['2025-11-12T12:00:00Z', '12 Nov 2025'],
    ['2026-11-23T12:00:09Z', 'now'],
    ['2026-11-23T12:05:00Z', 'in 5 min'],
  ])('%s is "%s"', (time, text) => {
    expect(formatRelativeTime(new Date(time), now, 'UTC')).toBe(text)
  })

  test('tells the day of the reader', () => {
    const late = new Date('2026-11-12T23:30:00Z')
    expect(formatRelativeTime(late, now, 'UTC')).toBe('12 Nov')
    expect(formatRelativeTime(late, now, 'Europe/Berlin')).toBe('13 Nov')
  })
})

test.each([
  ['2026-11-23T09:05:07.900Z', '09:05:07'],
  ['2026-11-22T23:59:59Z', '22 Nov 23:59:59'],
  ['2025-11-23T09:05:07Z', '23 Nov 2025 09:05:07'],
])('the time of day of %s is "%s"', (time, text) => {
  expect(formatTimeOfDay(new Date(time), now, 'UTC')).toBe(text)
})

test('exact times have milliseconds and their offset', () => {
  const time = new Date('2026-11-23T12:52:07.318Z')
  expect(formatUtcTime(time)).toBe('2026-11-23 12:52:07.318 UTC')
  const [, local, sign, hours, minutes] = /^(.{23}) ([+-])(\d\d):(\d\d)$/.exec(formatExactTime(time)) ?? []
  const offsetMs = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000
  expect(new Date(`${local?.replace(' ', 'T')}Z`).getTime() - offsetMs).toBe(time.getTime())
})

test.each([
  [0, '0 ms'],
  [839.6, '840 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [4_200, '4.2 s'],
  [59_940, '59.9 s'],
  [59_960, '1 m 00 s'],
  [187_000, '3 m 07 s'],
  [3_599_400, '59 m 59 s'],
  [3_599_600, '1 h 00 m'],
  [4_320_000, '1 h 12 m'],
  [360_000_000_000, '100,000 h 00 m'],
  [-1_500, '−1.5 s'],
])('a duration of %d ms is "%s"', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  ['0', '$0'],
  ['0.0000', '$0'],
  ['0.00009', '<$0.0001'],
  ['0.0001', '$0.0001'],
  ['0.0142', '$0.0142'],
  ['0.01425', '$0.0143'],
  ['0.99994', '$0.9999'],
  ['0.99996', '$1.00'],
  ['1', '$1.00'],
  ['1204.5', '$1,204.50'],
  ['-0.5', '−$0.5000'],
  ['-0.00001', '>−$0.0001'],
  ['12345678901234567890.12', '$12,345,678,901,234,567,890.12'],
  ['NaN', 'NaN'],
])('a cost of %s is "%s"', (decimal, text) => {
  expect(formatCost(decimal)).toBe(text)
})

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [14_200, '14.2 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_048_576, '1.0 MB'],
])('%d bytes are "%s"', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('counts have separators', () => {
  expect(formatCount(18_204)).toBe('18,204')
})

test('an id is cut to 8 characters, never within one', () => {
  expect(formatId('0190a3f2-7c11-7000-8000-000000000000')).toBe('0190a3f2')
  expect(formatId('😀😀😀😀😀😀😀😀😀')).toBe('😀😀😀😀😀😀😀😀')
})

test('long names keep both ends', () => {
  expect(cutMiddle('a'.repeat(32))).toBe('a'.repeat(32))
  expect(cutMiddle(`begin${'x'.repeat(40)}end`)).toBe(`begin${'x'.repeat(11)}…${'x'.repeat(12)}end`)
})

describe('visibleText', () => {
  test.each([
    ['nul\0', 'nul␀'],
    ['\u001b[31mred', '␛[31mred'],
    ['a\r\nb\tc', 'a␍␊b␉c'],
    ['del\u007f', 'del␡'],
    ['c1\u009b', 'c1[U+009B]'],
    ['evil\u202Egnp.exe', 'evil[U+202E]gnp.exe'],
    ['isolate\u2066x\u2069', 'isolate[U+2066]x[U+2069]'],
    ['half \ud83d pair', 'half \ufffd pair'],
    ['whole 😀 pair, שלום', 'whole 😀 pair, שלום'],
    ['zero\u200bwidth', 'zero[U+200B]width'],
    ['mark\u200e\u200f\u061c', 'mark[U+200E][U+200F][U+061C]'],
    ['word\u2060\u2064joiner', 'word[U+2060][U+2064]joiner'],
    ['soft\u00adhyphen', 'soft[U+00AD]hyphen'],
    ['tag\u{e0041}\u{e007f}', 'tag[U+E0041][U+E007F]'],
    ['bom\ufeff', 'bom[U+FEFF]'],
    ['line\u2028paragraph\u2029', 'line[U+2028]paragraph[U+2029]'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['क्\u200dष', 'क्\u200dष'],
    ['র\u200d্য', 'র\u200d্য'],
    ['👩🏽\u200d🚀 ❤\ufe0f\u200d🔥', '👩🏽\u200d🚀 ❤\ufe0f\u200d🔥'],
    ['id\u200d 1\u200c2', 'id[U+200D] 1[U+200C]2'],
    ['\u200da\u200d\u200db\u200d', '[U+200D]a[U+200D][U+200D]b[U+200D]'],
    ['Arabic number \u0600\u0661', 'Arabic number \u0600\u0661'],
    ['<img onerror=alert(1)>', '<img onerror=alert(1)>'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  test('keeps lines and tabs where asked', () => {
    expect(visibleText('a\r\nb\n\tc\0\r', { lines: true })).toBe('a\nb\n\tc␀␍')
  })
})
