'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { CallbackHistory } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import { filterKey, pageKey, pageQuery } from './history-query'
import type { HistoryState } from './history-state'
import { historyQueryKey } from './patch-rows'
import type { HistoryRows } from './use-history'
import type { UpdateHistoryState } from './use-history-state'

export type Paging = Readonly<{
  /** How many newer rows there are; null on a page that was reached by its address. */
  offset: number | null
  newer: (() => void) | null
  older: (() => void) | null
  /** Fetches the older page before it is asked for. */
  prefetchOlder: () => void
}>

/** The way from page to page, and where in the list each of those that were walked through begins. */
export function usePaging(state: HistoryState, rows: HistoryRows, update: UpdateHistoryState): Paging {
  const queryClient = useQueryClient()
  const { items, nextCursor, previousCursor, reset } = rows.history
  const offsets = useRef(new Map<string, number>())
  const key = filterKey(state)
  const placeOf = (cursor: string | null) => `${key} ${state.size} ${cursor ?? ''}`
  const offset = state.cursor === null ? 0 : (offsets.current.get(placeOf(state.cursor)) ?? null)

  // The newest page has an address of its own, without a cursor; and a cursor of another life of the database leads nowhere.
  const isNewest = state.cursor?.startsWith('newer:') && previousCursor === null
  useEffect(() => {
    if (!rows.isStale && state.cursor !== null && (isNewest || reset)) update({ cursor: null })
  }, [rows.isStale, state.cursor, isNewest, reset, update])

  function goTo(cursor: string, at: number | null) {
    if (at !== null && at > 0) offsets.current.set(placeOf(cursor), at)
    update({ cursor }, 'push')
  }
  const prefetchOlder = useCallback(() => {
    if (nextCursor === null) return
    const older = { ...state, cursor: nextCursor }
    void queryClient.prefetchQuery({
      queryKey: [historyQueryKey, pageKey(older)],
      queryFn: ({ signal }) =>
        fetchJson<CallbackHistory>(`/api/admin/llm-callbacks?${pageQuery(older, Date.now())}`, signal),
    })
  }, [queryClient, state, nextCursor])

  return {
    offset,
    older: nextCursor === null ? null : () => goTo(nextCursor, offset === null ? null : offset + items.length),
    newer:
      state.cursor === null || previousCursor === null
        ? null
        : () => goTo(`newer:${previousCursor}`, offset === null ? null : offset - state.size),
    prefetchOlder,
  }
}
