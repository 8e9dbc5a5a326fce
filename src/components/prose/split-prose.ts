/** A piece is parsed and laid out in one go; this many characters take a few milliseconds. */
const pieceCharacters = 4_000

const fence = /^ {0,3}(`{3,}|~{3,})/

/**
 * Cuts Markdown into pieces that can be rendered one after the other: at blank lines, never inside fenced code. Short text
 * stays whole, so that a list or a reference that spans a blank line is read as one.
 */
export function splitProse(text: string): string[] {
  if (text.length <= pieceCharacters * 2) return [text]
  const pieces: string[] = []
  let piece: string[] = []
  let length = 0
  let openFence: string | null = null
  for (const line of text.split('\n').flatMap(cutLine)) {
    const mark = fence.exec(line)?.[1]
    if (mark && openFence === null) openFence = mark
    else if (mark && openFence !== null && mark.startsWith(openFence)) openFence = null
    piece.push(line)
    length += line.length + 1
    const isBreak = line.trim() === '' && openFence === null
    if (length >= pieceCharacters && (isBreak || length >= pieceCharacters * 2)) {
      pieces.push(piece.join('\n'))
      piece = []
      length = 0
    }
  }
  if (piece.length > 0) pieces.push(piece.join('\n'))
  return pieces
}

/** A paragraph without end is cut between words, as a browser lays none out that long without a pause. */
function cutLine(line: string): string[] {
  if (line.length <= pieceCharacters * 2) return [line]
  const parts: string[] = []
  for (let start = 0; start < line.length; ) {
    const blank = line.lastIndexOf(' ', start + pieceCharacters)
    const end = blank > start ? blank + 1 : wholeCharacter(line, start + pieceCharacters)
    parts.push(line.slice(start, end))
    start = end
  }
  return parts
}

/** Never between the two halves of a character. */
function wholeCharacter(line: string, end: number): number {
  const code = line.charCodeAt(end)
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end
}
