import { lexemeOf } from './blocks'
import { wordsOf } from './words'

const wordsMax = 16

/**
 * What is searched for, as the text of a tsquery with `#` in the place of the block: all words, in any order, of which the last may be
 * the beginning of one unless something follows it. Null where there is no word in it.
 */
export function searchTerms(q: string): string | null {
  const words = [...new Set(wordsOf(q))].slice(0, wordsMax)
  if (words.length === 0) return null
  const last = words.length - 1
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(q)
  return words.map((word, index) => `'${lexemeOf('#', word)}'${isOpen && index === last ? ':*' : ''}`).join(' & ')
}
