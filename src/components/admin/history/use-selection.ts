'use client'

import { useCallback, useMemo, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'

export type Selection = Readonly<{
  /** Those on the page. */
  rows: readonly HistoryItem[]
  ids: ReadonlySet<string>
  /** Everything that the filters match, beyond the page as well. */
  isAllMatching: boolean
  toggle: (id: string) => void
  /** Everything from the row chosen last up to this one. */
  extendTo: (id: string) => void
  togglePage: () => void
  selectAllMatching: () => void
  clear: () => void
}>

type Chosen = { key: string; ids: ReadonlySet<string>; anchorId: string | null; isAllMatching: boolean }

/** Which rows are chosen. Another page or other filters begin anew. */
export function useSelection(items: readonly HistoryItem[], key: string): Selection {
  const [stored, setStored] = useState<Chosen>(() => nothing(key))
  const chosen = stored.key === key ? stored : nothing(key)
  const rows = useMemo(() => items.filter(({ id }) => chosen.ids.has(id)), [items, chosen.ids])

  const choose = useCallback(
    (next: (before: Chosen) => Partial<Chosen>) =>
      setStored((stored) => {
        const before = stored.key === key ? stored : nothing(key)
        return { ...before, isAllMatching: false, ...next(before) }
      }),
    [key],
  )
  return useMemo(() => {
    const isWholePage = items.length > 0 && rows.length === items.length
    return {
      rows,
      ids: chosen.ids,
      isAllMatching: chosen.isAllMatching,
      toggle: (id) => choose(({ ids }) => ({ ids: withToggled(ids, id), anchorId: id })),
      extendTo: (id) => choose(({ ids, anchorId }) => ({ ids: withRange(ids, items, anchorId, id), anchorId: id })),
      togglePage: () => choose(() => ({ ids: new Set(isWholePage ? [] : items.map(({ id }) => id)) })),
      selectAllMatching: () => choose(() => ({ isAllMatching: true })),
      clear: () => choose(() => ({ ids: new Set() })),
    }
  }, [items, rows, chosen.ids, chosen.isAllMatching, choose])
}

const none: ReadonlySet<string> = new Set()

function nothing(key: string): Chosen {
  return { key, ids: none, anchorId: null, isAllMatching: false }
}

function withToggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

function withRange(ids: ReadonlySet<string>, items: readonly HistoryItem[], from: string | null, to: string) {
  const indexOf = (id: string | null) => items.findIndex((item) => item.id === id)
  const end = indexOf(to)
  const start = indexOf(from) < 0 ? end : indexOf(from)
  const range = items.slice(Math.min(start, end), Math.max(start, end) + 1)
  return new Set([...ids, ...range.map(({ id }) => id)])
}
