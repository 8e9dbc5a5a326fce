import { markMatches } from './mark-matches'

/** A text with what was searched for marked in it. */
export function Marked({ text, search }: { text: string; search: string | null }) {
  let offset = 0
  return markMatches(text, search).map((part) => {
    const key = offset
    offset += part.text.length
    if (!part.isMatch) return part.text
    return (
      <mark key={key} className="rounded-[2px] bg-warning-subtle text-ink underline decoration-warning-solid">
        {part.text}
      </mark>
    )
  })
}
