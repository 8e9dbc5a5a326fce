'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Attention } from '@/lib/llm-callbacks/attention-schemas'
import { fetchJson } from '../../data/fetch-json'
import { onLiveEvent } from '../../live/live-events'
import { needsAttention } from '../actions/needs-attention'

const queryKey = ['attention-counts']
/** Callbacks and marks come in bursts, and one count answers for a whole burst. */
const countDelayMs = 400

/** How much is open under each tab; again whenever something was handled, or came that needs attention. */
export function useAttentionCounts(initial: Attention): Attention {
  const queryClient = useQueryClient()
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchJson<Attention>('/api/admin/llm-callbacks/attention', signal),
    initialData: initial,
  })
  useEffect(() => {
    queryClient.setQueryData(queryKey, initial)
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveEvent((event) => {
      if (event.kind === 'viewed' || (event.kind === 'received' && !event.items.some(needsAttention))) return
      clearTimeout(timer)
      timer = setTimeout(() => void queryClient.invalidateQueries({ queryKey }), countDelayMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [queryClient, initial])
  return data
}
