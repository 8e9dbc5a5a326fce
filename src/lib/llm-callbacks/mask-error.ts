const mask = '#'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
/** A run of hex digits, or a long one of letters and digits: with a digit in it, for without one it is a word. */
const id = /(?<![\p{L}\p{N}])(?:0x[0-9a-f]+|(?=[a-f]*\d)[0-9a-f]{8,}|(?=[a-z]*\d)[0-9a-z]{16,})(?![\p{L}\p{N}])/giu
const number = /\p{Nd}+(?:[.,:]\p{Nd}+)*/gu

/**
 * What an error says, with all that differs from one time to the next masked: uuids, runs of hex digits, long ids, and numbers. Two
 * failures whose masked texts are equal are taken for the same.
 */
export function maskError(text: string): string {
  return text.replace(uuid, mask).replace(id, mask).replace(number, mask)
}
