import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { type ApiError, fetchJson } from '../../data/fetch-json'

const key = 'llm-callback'
const keptMax = 50
const keptBytesMax = 8_000_000
const prefetchBytesMax = 128_000

/** A callback never changes, counts aside, so what is kept is never fetched again. */
export function detailQuery(callbackId: string) {
  return queryOptions<LLMCallbackDetail, ApiError>({
    queryKey: [key, callbackId],
    queryFn: ({ signal }) => fetchJson(`/api/admin/llm-callbacks/${encodeURIComponent(callbackId)}`, signal),
    gcTime: Number.POSITIVE_INFINITY,
  })
}

/** Everything about one callback. Keeps the last 50, or 8 MB, for going back and forth. */
export function useDetail(callbackId: string) {
  const queryClient = useQueryClient()
  const query = useQuery(detailQuery(callbackId))
  const isThere = query.data !== undefined
  useEffect(() => {
    if (isThere) dropSurplus(queryClient)
  }, [queryClient, isThere])
  return query
}

/** Fetches what a reader will likely open next, unless it is large. Marks nothing. */
export function prefetchDetail(queryClient: QueryClient, { id, payloadBytes }: LLMCallbackSummary): void {
  if (payloadBytes <= prefetchBytesMax) void queryClient.prefetchQuery(detailQuery(id))
}

function dropSurplus(queryClient: QueryClient): void {
  const cache = queryClient.getQueryCache()
  const newestFirst = cache
    .findAll({ queryKey: [key] })
    .sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
  let bytes = 0
  for (const [index, query] of newestFirst.entries()) {
    bytes += (query.state.data as LLMCallbackDetail | undefined)?.payloadBytes ?? 0
    if ((index >= keptMax || bytes > keptBytesMax) && query.getObserversCount() === 0) cache.remove(query)
  }
}
