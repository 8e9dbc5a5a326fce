/** The object id of PostgreSQL's type `text`. */
const textOid = 25
const nullLength = -1
const utf8BytesMax = 3

/**
 * A `text[]` in PostgreSQL's binary form (array_recv and textrecv in its source): the server copies it, where it would read an array
 * literal character by character, and nobody has to escape one.
 * @param texts at least one.
 * @returns a parameter for pg, which sends a Buffer as binary.
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  let bytesMax = 20
  let nulls = 0
  for (const text of texts) {
    bytesMax += 4
    if (text === null) nulls = 1
    else bytesMax += text.length * utf8BytesMax
  }
  const bytes = Buffer.allocUnsafe(bytesMax)
  let end = 0
  // One dimension, whether there are nulls, the type, and the dimension's length and lower bound.
  for (const number of [1, nulls, textOid, texts.length, 1]) end = bytes.writeInt32BE(number, end)
  for (const text of texts) {
    const length = text === null ? nullLength : bytes.write(text, end + 4)
    bytes.writeInt32BE(length, end)
    end += 4 + Math.max(0, length)
  }
  return bytes.subarray(0, end)
}
