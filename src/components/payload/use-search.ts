import { useEffect, useState } from 'react'
import { findInTree, offsetOfMatch } from '@/lib/json/tree/find-in-tree'
import { runInSlices } from './run-in-slices'
import type { Payload } from './use-json-tree'

/** Where a match stands: in the text, and in which value of the tree where there is one. */
export type Match = { offset: number; node: number | null }

export type Search = {
  query: string
  setQuery: (query: string) => void
  count: number
  /** From 0; -1 without a match. */
  index: number
  current: Match | null
  /** For 1 the next, for -1 the previous; round the ends. */
  go: (direction: 1 | -1) => void
}

const matchesMax = 10_000

/** Search in one payload: its keys and values, or its plain text where it is no JSON. */
export function useSearch({ text, tree, isReading }: Payload): Search {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ matches: Match[]; index: number }>({ matches: [], index: -1 })

  useEffect(() => {
    if (query === '' || text === null || isReading) {
      setFound({ matches: [], index: -1 })
      return
    }
    const stop = new AbortController()
    const work = tree === null ? findInText(text, query) : findMatches(tree, query)
    runInSlices(work, stop.signal).then(
      (matches) => setFound({ matches, index: matches.length > 0 ? 0 : -1 }),
      () => undefined,
    )
    return () => stop.abort()
  }, [query, text, tree, isReading])

  return {
    query,
    setQuery,
    count: found.matches.length,
    index: found.index,
    current: found.matches[found.index] ?? null,
    go: (direction) =>
      setFound(({ matches, index }) => ({
        matches,
        index: matches.length === 0 ? -1 : (index + direction + matches.length) % matches.length,
      })),
  }
}

function* findMatches(tree: NonNullable<Payload['tree']>, query: string): Generator<undefined, Match[]> {
  const matches = yield* findInTree(tree, query)
  return matches.slice(0, matchesMax).map((match) => ({ node: match.node, offset: offsetOfMatch(tree, match, query) }))
}

function* findInText(text: string, query: string): Generator<undefined, Match[]> {
  const within = text.toLowerCase()
  const wanted = query.toLowerCase()
  const matches: Match[] = []
  for (let at = within.indexOf(wanted); at !== -1 && matches.length < matchesMax; ) {
    matches.push({ offset: at, node: null })
    at = within.indexOf(wanted, at + wanted.length)
    if (matches.length % 1_000 === 0) yield
  }
  return matches
}
