/**
 * All values of a header, joined with ", "; null where there is none.
 * @param headers names and values in turns, as in `rawHeaders`: of some that may stand once, `headers` has only the first.
 * @param name in lower case.
 */
export function headerValue(headers: readonly string[], name: string): string | null {
  let value: string | null = null
  for (let index = 0; index < headers.length; index += 2) {
    const given = headers[index] ?? ''
    if (given.length !== name.length || given.toLowerCase() !== name) continue
    const text = headers[index + 1] ?? ''
    value = value === null ? text : `${value}, ${text}`
  }
  return value
}
