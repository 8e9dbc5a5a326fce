'use client'

import { Search } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { searchCharactersMax, searchCharactersMin } from '@/lib/llm-callbacks/search/search-limits'
import { Input } from '../../ui/input'
import type { HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'

const typingMs = 250

type SearchFieldProps = {
  fieldRef: RefObject<HTMLInputElement | null>
  state: HistoryState
  update: UpdateHistoryState
  /** Esc leads back to the rows. */
  onLeave: () => void
}

/** Searches payloads, errors and job ids, a moment after the last key or at once with Enter. */
export function SearchField({ fieldRef, state, update, onLeave }: SearchFieldProps) {
  const [text, setText] = useState(state.q ?? '')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const applied = useRef(state.q)
  useEffect(() => () => clearTimeout(timer.current), [])
  // A view, a chip or the Back button can change the search as well; what is being typed is not overwritten.
  useEffect(() => {
    if (state.q !== applied.current) setText(state.q ?? '')
    applied.current = state.q
  }, [state.q])

  const count = [...text.trim()].length
  const isTooShort = count > 0 && count < searchCharactersMin

  function apply(next: string) {
    clearTimeout(timer.current)
    const wanted = [...next.trim()].length < searchCharactersMin ? null : next.trim()
    if (wanted === state.q) return
    applied.current = wanted
    update({ q: wanted, cursor: null })
  }

  return (
    <div className="relative min-w-0 max-md:flex-1 md:w-72">
      <Search
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-2"
      />
      <Input
        ref={fieldRef}
        type="search"
        aria-label="Search payloads, errors, job ids"
        aria-describedby={isTooShort ? 'search-hint' : undefined}
        placeholder="Search payloads, errors, job ids"
        maxLength={searchCharactersMax}
        className="h-7 pl-8"
        value={text}
        onChange={(event) => {
          const next = event.target.value
          setText(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => apply(next), typingMs)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply(text)
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (text === '') return onLeave()
          setText('')
          apply('')
        }}
      />
      {isTooShort && (
        <p
          id="search-hint"
          className="absolute top-full left-0 z-20 mt-1 rounded-control border border-line bg-raised px-2 py-1 text-ink-2 text-meta shadow-menu"
        >
          At least {searchCharactersMin} characters
        </p>
      )}
    </div>
  )
}
