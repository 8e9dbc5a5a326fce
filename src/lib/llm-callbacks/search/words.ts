/**
 * What text is found by, for the index and for the query alike: runs of letters, marks and digits, as in "word" of UAX #29 but without
 * its joiners, so that `emergency_contacts` and a UUID are several words that all have to match. Lower case, in compatibility form, and
 * without accents.
 */
const word = /[\p{L}\p{N}\p{M}]+/gu
/** Written without spaces: found by pairs of characters, for a whole sentence would be one word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu
/** Accents of Latin, Greek and Cyrillic; marks of other scripts tell words apart. */
const accents = /[\u0300-\u036f]/g
const plainAscii = /^[\0-\x7f]*$/

/** A longer one (a key, an image in base64) is found by its beginning. */
const wordUnitsMax = 64

/** The words of a text in order, repeated ones too. A query's last word may be the beginning of one. */
export function* wordsOf(text: string): Generator<string> {
  const folded = plainAscii.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(accents, '').normalize('NFKC').toLowerCase()
  for (const [run] of folded.matchAll(word)) {
    if (plainAscii.test(run)) yield run.slice(0, wordUnitsMax)
    else yield* splitUnspaced(run)
  }
}

function* splitUnspaced(run: string): Generator<string> {
  let from = 0
  for (const match of run.matchAll(unspaced)) {
    if (match.index > from) yield cut(run.slice(from, match.index))
    const characters = [...match[0]]
    for (let index = 0; index < Math.max(1, characters.length - 1); index++) {
      yield characters.slice(index, index + 2).join('')
    }
    from = match.index + match[0].length
  }
  if (from < run.length) yield cut(run.slice(from))
}

/** Never through the middle of a character. */
function cut(text: string): string {
  return text.length <= wordUnitsMax ? text : text.slice(0, wordUnitsMax).replace(/[\ud800-\udbff]$/, '')
}
