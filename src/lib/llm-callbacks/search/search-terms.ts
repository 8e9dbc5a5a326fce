import { lexemeOf } from './blocks'
import { wordsOf } from './words'

const wordsMax = 16
/** Its first and last group tell a UUID from all others, whether it is drawn at random or holds a time and a place. */
const uuid =
  /(?<![\p{L}\p{N}\p{M}])[\da-f]{8}-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-[\da-f]{12}(?![\p{L}\p{N}\p{M}])/gu

/** What is searched for, each as the text of a tsquery with `#` in the place of the block. */
export type SearchTerms = {
  /** What a callback must match: all words, in any order, of which the last may be the beginning of one unless something follows it. */
  all: string
  /** Those to look each block up by, for every word costs as much as the first: two of a UUID's five. */
  lookedUp: string
}

/** Null where there is no word in it. */
export function searchTerms(q: string): SearchTerms | null {
  const words = [...new Set(wordsOf(q))].slice(0, wordsMax)
  if (words.length === 0) return null
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(q)
  const terms = words.map((word, index) => {
    return { word, term: `'${lexemeOf('#', word)}'${isOpen && index === words.length - 1 ? ':*' : ''}` }
  })
  const middles = new Set([...q.toLowerCase().matchAll(uuid)].flatMap(([, ...groups]) => groups))
  const join = (some: typeof terms) => some.map(({ term }) => term).join(' & ')
  const all = join(terms)
  // The words that were kept may be all groups from the middle of UUIDs that were cut off.
  return { all, lookedUp: join(terms.filter(({ word }) => !middles.has(word))) || all }
}
