'use client'

import { useQuery } from '@tanstack/react-query'
import type { FoldedFailures } from '@/lib/llm-callbacks/failures-schemas'
import type { CallbackHistory } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import { type AttentionList, attentionPath, type CallbackTab, toAttentionList } from './attention-rows'

/** The rows that came with the page. */
export type InitialAttention = Readonly<{
  tab: CallbackTab
  isHandled: boolean
  list: AttentionList
  /** ISO 8601 */
  renderedAt: string
}>

/** The rows of a tab. Choosing a tab asks for them anew; while that takes, those kept from before are there. */
export function useAttentionList(tab: CallbackTab, isHandled: boolean, initial: InitialAttention | null) {
  const isInitial = initial?.tab === tab && initial.isHandled === isHandled
  return useQuery({
    queryKey: ['attention', tab, isHandled, initial?.renderedAt],
    queryFn: async ({ signal }) =>
      toAttentionList(await fetchJson<FoldedFailures | CallbackHistory>(attentionPath(tab, isHandled), signal)),
    retry: 1,
    ...(isInitial && { initialData: initial.list }),
    gcTime: 0,
  })
}
