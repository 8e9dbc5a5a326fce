const previewCodePointsMax = 200
/** Enough source bytes for 200 characters even if most are escapes or white space. */
const sourceBytesMax = 4_096

/**
 * One line that says what a JSON text holds: its first 200 characters with escapes shown as the characters they mean,
 * white space folded, and control characters left escaped. Looks at the first 4 kB only and never fails.
 * @param json valid JSON in valid UTF-8.
 */
export function previewOf(json: Uint8Array): string {
  const isCut = json.length > sourceBytesMax
  // A cut may fall inside a character; the decoder then ends in U+FFFD, which is dropped with what follows.
  const source = new TextDecoder().decode(json.subarray(0, sourceBytesMax)).replace(/\uFFFD$/, '')
  const text = source
    .replace(/\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[0-9a-fA-F]{4}|\\[nrt]|\\\\|\\"/g, readEscape)
    .replace(/\s+/g, ' ')
  return clip(text.trim(), previewCodePointsMax, isCut)
}

function readEscape(sequence: string): string {
  if (sequence === '\\n' || sequence === '\\r' || sequence === '\\t') return ' '
  if (sequence.length < 6) return sequence
  const units = sequence
    .split('\\u')
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16))
  const character = String.fromCharCode(...units)
  return character.isWellFormed() && !/\p{C}/u.test(character) ? character : sequence
}

/** At most `codePointsMax` code points of `text`; a cut one ends in an ellipsis. */
export function clip(text: string, codePointsMax: number, isCut = false): string {
  if (text.length <= codePointsMax && !isCut) return text
  if (unitsOf(text, codePointsMax) === text.length) return isCut ? `${text}…` : text
  return `${text.slice(0, unitsOf(text, codePointsMax - 1))}…`
}

/** How many UTF-16 units the first `codePoints` code points of `text` have; fewer where there are fewer. */
function unitsOf(text: string, codePoints: number): number {
  let units = 0
  for (let n = 0; n < codePoints && units < text.length; n++) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1
  return units
}
