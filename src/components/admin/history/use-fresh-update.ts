'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { pageKey } from './history-query'
import type { HistoryState } from './history-state'
import { historyQueryKey } from './patch-rows'
import type { UpdateHistoryState } from './use-history-state'

/** Changes what the page shows and asks for it anew; only Back and Forward show the rows as they were. */
export function useFreshUpdate(state: HistoryState, update: UpdateHistoryState): UpdateHistoryState {
  const queryClient = useQueryClient()
  const latest = useRef(state)
  latest.current = state
  return useCallback(
    (changes, history) => {
      const key = pageKey({ ...latest.current, ...changes })
      void queryClient.invalidateQueries({ queryKey: [historyQueryKey, key], refetchType: 'none' })
      update(changes, history)
    },
    [queryClient, update],
  )
}
