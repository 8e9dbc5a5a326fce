'use client'

import { type FocusEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'

export type GridFocus = Readonly<{
  /** The row that the tab key leads to: the one focused last, or the first. */
  tabStopId: string | undefined
  /** The row that keys act on; null while none has been focused. */
  focused: HistoryItem | null
  onFocus: (event: FocusEvent) => void
  /** Puts the focus on a row, or on what stands at its place if it has gone. */
  focusRow: (id: string) => void
  /** Moves the focus by so many rows; beyond the ends it stays. */
  move: (by: number) => void
}>

/** One tab stop and roving focus for the rows of a grid, as the ARIA practices describe it. */
export function useGridFocus(grid: RefObject<HTMLElement | null>, items: readonly HistoryItem[]): GridFocus {
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const index = items.findIndex(({ id }) => id === focusedId)
  const lastIndex = useRef(0)
  useEffect(() => {
    if (index >= 0) lastIndex.current = index
  }, [index])

  const focusAt = useCallback(
    (wanted: number) => {
      const item = items[Math.max(0, Math.min(wanted, items.length - 1))]
      if (item) grid.current?.querySelector<HTMLElement>(`[data-row="${item.id}"]`)?.focus()
    },
    [grid, items],
  )
  const focusRow = useCallback(
    (id: string) => {
      const found = items.findIndex((item) => item.id === id)
      focusAt(found >= 0 ? found : lastIndex.current)
    },
    [items, focusAt],
  )
  const move = useCallback(
    (by: number) => {
      if (Number.isFinite(by)) focusAt(index < 0 ? (by > 0 ? 0 : lastIndex.current) : index + by)
      else focusAt(by > 0 ? items.length - 1 : 0)
    },
    [index, items.length, focusAt],
  )
  const onFocus = useCallback((event: FocusEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    if (row?.dataset.row) setFocusedId(row.dataset.row)
  }, [])
  return useMemo(
    () => ({ tabStopId: (items[index] ?? items[0])?.id, focused: items[index] ?? null, onFocus, focusRow, move }),
    [items, index, onFocus, focusRow, move],
  )
}
