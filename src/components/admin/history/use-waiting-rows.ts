'use client'

import { type RefObject, useCallback } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import type { HistoryState } from './history-state'
import { useFreshRows } from './use-fresh-rows'
import type { HistoryRows } from './use-history'
import type { UpdateHistoryState } from './use-history-state'
import { newRowsMax, useNewRows } from './use-new-rows'

type WaitingRowsInput = {
  state: HistoryState
  rows: HistoryRows
  update: UpdateHistoryState
  /** What the rows scroll in. */
  scroller: RefObject<HTMLElement | null>
}

export type WaitingRows = Readonly<{
  waiting: readonly HistoryItem[]
  /** Brings them in, on top, and scrolls there. */
  showNew: () => void
  /** Those brought in a moment ago. */
  freshIds: ReadonlySet<string>
  isFirstPage: boolean
}>

/** New rows wait behind a count until somebody asks for them. */
export function useWaitingRows({ state, rows, update, scroller }: WaitingRowsInput): WaitingRows {
  const [freshIds, markFresh] = useFreshRows()
  const { history, isStale, prepend, reload } = rows
  const isFirstPage = state.cursor === null
  const newest = isFirstPage && !isStale ? (history.items[0] ?? null) : null
  const waiting = useNewRows({ state, newest, isFirstPage })

  const showNew = useCallback(() => {
    if (waiting.length === 0) return
    if (!isFirstPage) update({ cursor: null }, 'push')
    else if (waiting.length >= newRowsMax) reload()
    else {
      prepend(waiting)
      markFresh(waiting)
    }
    scroller.current?.scrollTo({ top: 0 })
    window.scrollTo({ top: 0 })
  }, [waiting, isFirstPage, update, reload, prepend, markFresh, scroller])
  return { waiting, showNew, freshIds, isFirstPage }
}
