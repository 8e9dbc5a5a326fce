/** A line is shown in pieces from here on: a browser lays out no megabyte in one line without a pause. */
const rowCharactersMax = 1_000

/** Where the rows of a text begin and end, in flat columns: there may be hundreds of thousands. */
export type TextRows = {
  starts: Int32Array
  /** Without the line's end. */
  ends: Int32Array
  /** From 1. */
  lines: Int32Array
  count: number
  longest: number
}

export function textRows(text: string): TextRows {
  const starts: number[] = []
  const ends: number[] = []
  const lines: number[] = []
  let longest = 0
  for (let start = 0, line = 1; ; line++) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    for (let from = start; ; ) {
      const to = pieceEnd(text, from, end)
      starts.push(from)
      ends.push(to)
      lines.push(line)
      longest = Math.max(longest, to - from)
      from = to
      if (from >= end) break
    }
    if (newline === -1) break
    start = newline + 1
  }
  return {
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    lines: Int32Array.from(lines),
    count: starts.length,
    longest,
  }
}

/** Never between the two halves of a character. */
function pieceEnd(text: string, from: number, end: number): number {
  const to = from + rowCharactersMax
  if (to >= end) return end
  const code = text.charCodeAt(to)
  return code >= 0xdc00 && code <= 0xdfff ? to - 1 : to
}

/** The row in which an offset of the text stands. */
export function rowAt({ starts, count }: TextRows, offset: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
