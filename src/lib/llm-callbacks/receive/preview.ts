const previewCodePointsMax = 200
/** Enough source bytes for 200 characters even if most are escapes or white space. */
const sourceBytesMax = 4_096
/** Mostly enough for them. */
const usualBytes = 512
/** The longest escape, of a character outside the basic plane. */
const escapeUnitsMax = 12
const escapes = /\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[0-9a-fA-F]{4}|\\[nrt]|\\\\|\\"/g
const surrogate = /[\ud800-\udfff]/

/**
 * One line that says what a JSON text holds: its first 200 characters with escapes shown as the characters they mean,
 * white space folded, and control characters left escaped. Looks at the first 4 kB only and never fails.
 * @param json valid JSON in valid UTF-8.
 */
export function previewOf(json: Uint8Array): string {
  const short = lineOf(json, usualBytes)
  // An escape that is cut apart at the end must not show.
  const isEnough = json.length <= usualBytes || unitsOf(short, previewCodePointsMax + escapeUnitsMax) < short.length
  return clip(isEnough ? short : lineOf(json, sourceBytesMax), previewCodePointsMax, json.length > sourceBytesMax)
}

/** The first bytes as one line. */
function lineOf(json: Uint8Array, bytesMax: number): string {
  const start = Buffer.from(json.buffer, json.byteOffset, Math.min(json.length, bytesMax)).toString()
  // A cut may fall inside a character; it then ends in U+FFFD, which is dropped with what follows.
  const source = json.length > bytesMax ? start.replace(/\uFFFD$/, '') : start
  const text = source.includes('\\') ? source.replace(escapes, readEscape) : source
  // Most white space is one blank already; a byte order mark counts as some.
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim()
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
  const start = text.slice(0, codePoints)
  if (!surrogate.test(start)) return start.length
  let units = 0
  for (let n = 0; n < codePoints && units < text.length; n++) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1
  return units
}
