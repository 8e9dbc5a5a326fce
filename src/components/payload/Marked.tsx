import { Fragment } from 'react'
import { visibleText } from '@/lib/text/visible-text'

type MarkedProps = { text: string; query: string; keepsTabs?: boolean }

/** A sender's text, harmless to look at, with what was searched for marked. */
export function Marked({ text, query, keepsTabs }: MarkedProps) {
  const show = (part: string) => visibleText(part, { lines: keepsTabs })
  if (query === '') return show(text)
  return partsOf(text, query).map(({ part, isMatch, at }) =>
    isMatch ? (
      <mark key={at} className="rounded-badge bg-warning-subtle text-ink outline outline-warning-solid">
        {show(part)}
      </mark>
    ) : (
      <Fragment key={at}>{show(part)}</Fragment>
    ),
  )
}

function partsOf(text: string, query: string) {
  const within = text.toLowerCase()
  const wanted = query.toLowerCase()
  // A few letters change their length with their case, and the offsets with them.
  if (within.length !== text.length) return [{ part: text, isMatch: false, at: 0 }]
  const parts: { part: string; isMatch: boolean; at: number }[] = []
  let from = 0
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, from)) {
    if (at > from) parts.push({ part: text.slice(from, at), isMatch: false, at: from })
    parts.push({ part: text.slice(at, at + wanted.length), isMatch: true, at })
    from = at + wanted.length
  }
  if (from < text.length) parts.push({ part: text.slice(from), isMatch: false, at: from })
  return parts
}
