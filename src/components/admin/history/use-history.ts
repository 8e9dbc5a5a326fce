'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import { pageKey, pageQuery } from './history-query'
import type { HistoryState } from './history-state'
import { historyQueryKey } from './patch-rows'

/** The page of rows that came with the page itself. */
export type InitialHistory = Readonly<{
  /** As `pageKey` names it. */
  key: string
  history: CallbackHistory
  /** ISO 8601 */
  renderedAt: string
}>

export type HistoryRows = Readonly<{
  history: CallbackHistory
  /** These rows are of an earlier query, until the answer to this one is there. */
  isStale: boolean
  error: Error | null
  /** When the rows were asked for, as milliseconds since 1970. */
  loadedAtMs: number
  reload: () => void
  /** Puts rows that have just arrived on top. */
  prepend: (items: readonly HistoryItem[]) => void
}>

/** Rows that the router keeps for Back don't know what was marked since; these do, for as long as somebody may go back to them. */
const keptMs = 3_600_000

/** The rows that a state of the page shows. While they load, and where that fails, the rows before stay. */
export function useHistory(state: HistoryState, initial: InitialHistory): HistoryRows {
  const queryClient = useQueryClient()
  const key = pageKey(state)
  const renderedAtMs = Date.parse(initial.renderedAt)
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey: [historyQueryKey, key],
    queryFn: ({ signal }) =>
      fetchJson<CallbackHistory>(`/api/admin/llm-callbacks?${pageQuery(state, Date.now())}`, signal),
    retry: 1,
    gcTime: keptMs,
    ...(key === initial.key && { initialData: initial.history, initialDataUpdatedAt: renderedAtMs }),
  })

  // A page that the server rendered for a link to other filters outranks what is kept from before. After an action it also
  // renders the page that is shown; those rows stay as they are, for nothing may move by itself.
  const keyShown = useRef<string | null>(null)
  useEffect(() => {
    const queryKey = [historyQueryKey, initial.key]
    const isOlder = (queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0) < renderedAtMs
    if (keyShown.current !== initial.key && isOlder) {
      queryClient.setQueryData(queryKey, initial.history, { updatedAt: renderedAtMs })
    }
    keyShown.current = key
  }, [queryClient, initial, renderedAtMs, key])

  const shown = useRef({ history: initial.history, loadedAtMs: renderedAtMs })
  useEffect(() => {
    if (data) shown.current = { history: data, loadedAtMs: dataUpdatedAt }
  }, [data, dataUpdatedAt])

  const reload = useCallback(() => void refetch(), [refetch])
  const prepend = useCallback(
    (items: readonly HistoryItem[]) => {
      queryClient.setQueryData<CallbackHistory>([historyQueryKey, key], (page) => page && withNewer(page, items))
    },
    [queryClient, key],
  )
  return {
    history: data ?? shown.current.history,
    isStale: data === undefined && isFetching,
    error,
    loadedAtMs: data ? dataUpdatedAt : shown.current.loadedAtMs,
    reload,
    prepend,
  }
}

function withNewer(page: CallbackHistory, items: readonly HistoryItem[]): CallbackHistory {
  const known = new Set(page.items.map(({ id }) => id))
  return { ...page, items: [...items.filter(({ id }) => !known.has(id)), ...page.items] }
}
