export type CsvValue = string | number | boolean | null

/** What a spreadsheet takes for the beginning of a formula, in the widths that it takes for one too, also after blanks. */
const beginsFormula = /^(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/

const decimal = /^-?\d+(\.\d+)?$/

/**
 * One cell of a CSV record (RFC 4180). Text is always quoted. One that a spreadsheet would run as a formula gets an apostrophe
 * before it (https://owasp.org/www-community/attacks/CSV_Injection), which stays when it is read by a program.
 *
 * @param value null is an empty cell
 * @param isNumber a column of numbers: there a decimal stays bare, a negative one too, for it is no more than its own value
 */
export function csvCell(value: CsvValue, { isNumber = false } = {}): string {
  if (value === null) return ''
  const text = String(value)
  if (isNumber && decimal.test(text)) return text
  return `"${beginsFormula.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`
}
