import { searchCharactersMin } from '@/lib/llm-callbacks/search/search-limits'

export type TextPart = Readonly<{ text: string; isMatch: boolean }>

/** Cuts a text into what a search found and what lies between; every word of the search counts, whatever the case. */
export function markMatches(text: string, search: string | null): TextPart[] {
  const words = (search ?? '').trim().split(/\s+/).filter(Boolean)
  if (words.join('').length < searchCharactersMin) return [{ text, isMatch: false }]
  const pattern = words
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
  return text
    .split(new RegExp(`(${pattern})`, 'iu'))
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}
