/** A byte that JSON's grammar (RFC 8259) does not allow at its place. */
export class JsonSyntaxError extends Error {
  override name = 'JsonSyntaxError'
  constructor(
    message: string,
    /** Offset from the first byte of the body, a byte order mark included. */
    readonly byteOffset: number,
  ) {
    super(message)
  }
}

/** What is readable but out of the ordinary in a JSON text. */
export type JsonRemark =
  | 'nul'
  | 'lone_surrogate'
  | 'non_finite_number'
  | 'number_out_of_range'
  | 'too_deep'
  | 'duplicate_keys'

const quote = 0x22
const backslash = 0x5c
const minus = 0x2d
const plus = 0x2b
const dot = 0x2e
const zero = 0x30
const lowerU = 0x75

/** Far inside what PostgreSQL's numeric takes (131,072 digits before the point, 16,383 after it). */
const numberDigitsMax = 1_000
const numberExponentMax = 1_000

const escapable = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)))
const words = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map((text) => ({
  text,
  bytes: Buffer.from(text),
}))

/** The offset of the first byte at or after `at` that is not JSON white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++
  return i
}

/**
 * Reads the string whose opening quote is at `at`.
 * @returns the offset after its closing quote.
 * @throws JsonSyntaxError
 */
export function scanString(bytes: Uint8Array, at: number, remarks: Set<JsonRemark>): number {
  let i = at + 1
  for (;;) {
    const byte = bytes[i]
    if (byte === quote) return i + 1
    if (byte === backslash) i = scanEscape(bytes, i, remarks)
    else if (byte === undefined) throw new JsonSyntaxError('The text ends inside a string', i)
    else if (byte < 0x20) throw new JsonSyntaxError('Raw control character inside a string', i)
    else i++
  }
}

function scanEscape(bytes: Uint8Array, at: number, remarks: Set<JsonRemark>): number {
  const letter = bytes[at + 1]
  if (letter !== lowerU) {
    if (letter !== undefined && escapable.has(letter)) return at + 2
    throw new JsonSyntaxError('Unknown escape inside a string', at)
  }
  const unit = scanHex4(bytes, at + 2)
  if (unit === 0) remarks.add('nul')
  if (unit < 0xd800 || unit > 0xdfff) return at + 6
  const isHigh = unit < 0xdc00
  if (isHigh && bytes[at + 6] === backslash && bytes[at + 7] === lowerU) {
    const next = scanHex4(bytes, at + 8)
    if (next >= 0xdc00 && next <= 0xdfff) return at + 12
  }
  remarks.add('lone_surrogate')
  return at + 6
}

function scanHex4(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = at; i < at + 4; i++) {
    const digit = hexDigit(bytes[i])
    if (digit === -1) throw new JsonSyntaxError('\\u is not followed by four hexadecimal digits', i)
    value = value * 16 + digit
  }
  return value
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/**
 * Reads the number, or the word (`true`, `false`, `null`, and Python's bare `NaN`, `Infinity`, `-Infinity`), at `at`.
 * @returns the offset after it.
 * @throws JsonSyntaxError
 */
export function scanNumberOrWord(bytes: Uint8Array, at: number, remarks: Set<JsonRemark>): number {
  const first = bytes[at]
  if (isDigit(first) || (first === minus && isDigit(bytes[at + 1]))) return scanNumber(bytes, at, remarks)
  for (const word of words) {
    if (!startsWith(bytes, at, word.bytes)) continue
    if (word.text.endsWith('N') || word.text.endsWith('y')) remarks.add('non_finite_number')
    return at + word.bytes.length
  }
  if (first === undefined) throw new JsonSyntaxError('The text ends where a value should be', at)
  throw new JsonSyntaxError(`Unexpected ${describeByte(first)}`, at)
}

function scanNumber(bytes: Uint8Array, at: number, remarks: Set<JsonRemark>): number {
  let i = bytes[at] === minus ? at + 1 : at
  const whole = i
  i = bytes[i] === zero ? i + 1 : skipDigits(bytes, i)
  if (bytes[i] === dot) i = requireDigits(bytes, i + 1)
  const digits = i - whole
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    const sign = bytes[i + 1]
    const exponentStart = sign === plus || sign === minus ? i + 2 : i + 1
    i = requireDigits(bytes, exponentStart)
    if (i - exponentStart > 9 || Number(asciiText(bytes, exponentStart, i)) > numberExponentMax) {
      remarks.add('number_out_of_range')
    }
  }
  if (digits > numberDigitsMax) remarks.add('number_out_of_range')
  return i
}

function requireDigits(bytes: Uint8Array, at: number): number {
  if (!isDigit(bytes[at])) throw new JsonSyntaxError('A number is cut off', at)
  return skipDigits(bytes, at)
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let i = at
  while (isDigit(bytes[i])) i++
  return i
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

function startsWith(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false
  return true
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}

/** A byte in words that are safe to print: the character if it is visible ASCII, else its number. */
export function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16).padStart(2, '0')}`
}
