import { wordsOf } from './words'

/** Longest text of which words are taken: a body beyond MAX_BODY_BYTES's default is found by what its first part says. */
const textUnitsMax = 2 * 1024 * 1024
const wordsMax = 20_000
/** PostgreSQL's tsvector holds a megabyte; each word stands there with the number of its block before it. */
const bytesMax = 600_000
const blockBytesMax = 16

/**
 * The distinct words that a callback is found by: of its fields, and of all names and values of its body.
 * @param fields what is found even where the body has more words than there is room for
 */
export function searchableWords(fields: readonly (string | null)[], raw: Buffer): string[] {
  const words = new Set<string>()
  let bytes = 0
  for (const text of textsOf(fields, raw)) {
    for (const word of wordsOf(text)) {
      if (words.has(word)) continue
      bytes += Buffer.byteLength(word) + blockBytesMax
      if (words.size === wordsMax || bytes > bytesMax) return [...words]
      words.add(word)
    }
  }
  return [...words]
}

function* textsOf(fields: readonly (string | null)[], raw: Buffer): Generator<string> {
  for (const field of fields) if (field !== null) yield field
  const source = raw.toString('utf8').slice(0, textUnitsMax)
  const text = withoutEscapes(source)
  yield text
  // What a model returns is often JSON in a string of JSON, where "\n" before a word would else become its first letter.
  if (text.includes('\\')) yield withoutEscapes(text)
}

/** JSON's escapes as what they mean. Not a parser, as what is quarantined is to be found as well. */
function withoutEscapes(source: string): string {
  if (!source.includes('\\')) return source
  return source.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, character: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return 'nrtbf'.includes(character) ? ' ' : character
  })
}
