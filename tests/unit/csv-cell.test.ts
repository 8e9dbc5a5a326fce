import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell } from '@/lib/http/csv-cell'

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\rx', `"'\rx"`],
  ['\nx', `"'\nx"`],
  ['  =1+1', `"'  =1+1"`],
  ['\uff1d1+1', `"'\uff1d1+1"`],
  [`=cmd|' /C calc'!A0`, `"'=cmd|' /C calc'!A0"`],
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
])('case 68: %j is prefixed and quoted', (value, cell) => expect(csvCell(value)).toBe(cell))

test('case 68: a quote, a comma or a line break can’t begin another cell or record', () => {
  expect(csvCell('a","=1+1\r\n=2')).toBe('"a"",""=1+1\r\n=2"')
})

test.each([
  ['emergency_contacts', '"emergency_contacts"'],
  ['a=b', '"a=b"'],
  ['', '""'],
  [null, ''],
  [true, '"true"'],
])('%j is %s', (value, cell) => expect(csvCell(value)).toBe(cell))

test.each([[-12.5], ['-0.0012'], [0], ['1234567890123456789.01']])(
  '%j stays a number in a column of numbers',
  (value) => {
    expect(csvCell(value, { isNumber: true })).toBe(String(value))
  },
)

test.each(['-1+1', '=1', '-', '1e5', '-1\n=2', Number.NaN])(
  'case 68: %j is text in a column of numbers too',
  (value) => {
    expect(csvCell(value, { isNumber: true })).toMatch(/^"/)
  },
)

test('case 68: no text makes a cell that begins with a formula, and each reads back as it was or behind one apostrophe', () => {
  const unit = fc.constantFrom(...'=+-@\t\r\n"\',; a\uff1d\uff20')
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const content = csvCell(text).slice(1, -1)
      expect(content).not.toMatch(/^[=+\-@\t\r\n]/)
      expect(content.replaceAll('""', '"').replace(/^'/, '')).toBe(text.replace(/^'/, ''))
      expect(content.replaceAll('""', '')).not.toContain('"')
    }),
  )
})
