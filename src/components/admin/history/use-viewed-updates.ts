'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import { onLiveEvent } from '../../live/live-events'
import { patchRows } from './patch-rows'

const rowsAskedMax = 200

/** Asks again which of the rows on screen are viewed where nobody knows which were marked. The ids of others are known (`KeptRows`). */
export function useViewedUpdates(items: readonly HistoryItem[]): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== 'viewed' || event.ids !== 'many') return
        const shown = items.slice(0, rowsAskedMax).map(({ id }) => id)
        void readViewed(shown).then((viewed) => {
          patchRows(queryClient, ({ id }) => (viewed.has(id) ? { viewed: viewed.get(id) ?? false } : null))
        })
      }),
    [queryClient, items],
  )
}

/** Where it fails the rows stay as they are: they are asked for again with the next page or reload. */
async function readViewed(ids: readonly string[]): Promise<Map<string, boolean>> {
  if (ids.length === 0) return new Map()
  const path = `/api/admin/llm-callbacks?ids=${ids.join(',')}&limit=${rowsAskedMax}`
  const page = await fetchJson<CallbackHistory>(path).catch(() => null)
  return new Map(page?.items.map(({ id, viewed }) => [id, viewed]))
}
