'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { fetchJson } from '../../data/fetch-json'

const hoverMs = 80
const bytesMax = 128_000
const atOnceMax = 2

let running = 0

/** Fetches what a row's window will show, once it has been pointed at or focused for a moment; null to think better of it. */
export function useDetailPrefetch(): (row: LLMCallbackSummary | null) => void {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (row) => {
      clearTimeout(timer.current)
      if (row === null || row.payloadBytes > bytesMax) return
      timer.current = setTimeout(() => void prefetch(queryClient, row.id), hoverMs)
    },
    [queryClient],
  )
}

async function prefetch(queryClient: QueryClient, id: string): Promise<void> {
  if (running >= atOnceMax) return
  running++
  await queryClient.prefetchQuery({
    queryKey: ['callback', id],
    queryFn: ({ signal }) => fetchJson<LLMCallbackDetail>(`/api/admin/llm-callbacks/${id}`, signal),
  })
  running--
}
