'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { MatchCount } from '@/lib/llm-callbacks/count-schemas'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import { onLiveEvent } from '../../live/live-events'
import { useCallbackActions } from '../actions/use-callback-actions'
import { filterQuery } from './history-query'
import type { HistoryState } from './history-state'

/** Viewing comes in bursts, and one count answers for a whole burst. */
const countDelayMs = 400

export type MarkAll = Readonly<{
  /** Unviewed among what matches, up to the newest row on screen; undefined until it is known. */
  count: number | undefined
  run: () => void
}>

/** Marks as viewed what the filters match, but nothing that came after the newest row on screen. */
export function useMarkAll(state: HistoryState, items: readonly HistoryItem[], adminName: string): MarkAll {
  const { setMatchingViewed } = useCallbackActions(adminName)
  const version = useViewedVersion()
  const newest = items[0]
  const { data } = useQuery({
    queryKey: [
      'unviewed-count',
      { ...state, cursor: null, density: null, cols: null, view: null },
      newest?.id,
      version,
    ],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams(filterQuery(state, Date.now()))
      parameters.set('viewed', 'false')
      if (newest && state.to === null) parameters.set('to', justAfter(newest.createdAt))
      return fetchJson<MatchCount>(`/api/admin/llm-callbacks/count?${parameters}`, signal)
    },
    enabled: newest !== undefined && state.viewed !== true,
    gcTime: 60_000,
    retry: false,
  })
  return {
    count: state.viewed === true || newest === undefined ? undefined : data?.count,
    run() {
      if (!newest) return
      setMatchingViewed({
        query: filterQuery(state, Date.now()),
        throughCursor: newest.cursor,
        shownIds: items.filter(({ viewed }) => !viewed).map(({ id }) => id),
      })
    },
  }
}

function justAfter(iso: string): string {
  return new Date(Date.parse(iso) + 1).toISOString()
}

/** Grows after callbacks were viewed or unviewed, here or in another tab. */
function useViewedVersion(): number {
  const [version, setVersion] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveEvent(({ kind }) => {
      if (kind !== 'viewed') return
      clearTimeout(timer)
      timer = setTimeout(() => setVersion((before) => before + 1), countDelayMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return version
}
