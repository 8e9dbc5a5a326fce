'use client'

import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'
import type { AttentionGroup } from './attention-rows'

/** As many as one question may name. */
const othersMax = 199

export type Expanded = Readonly<{
  has: (group: AttentionGroup) => boolean
  set: (group: AttentionGroup | undefined, isExpanded: boolean) => void
  /** Those of an open group beside its newest, newest first; `othersMax` at most. */
  othersOf: (group: AttentionGroup) => readonly HistoryItem[]
}>

const nobody: readonly HistoryItem[] = []

/** Which groups are open, and what is in them. */
export function useExpanded(groups: readonly AttentionGroup[]): Expanded {
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set())
  const open = useMemo(() => groups.filter(({ newest }) => openIds.has(newest.id)), [groups, openIds])
  const others = useQueries({
    queries: open.map(({ newest, ids }) => ({
      queryKey: ['attention-group', newest.id],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const asked = ids.filter((id) => id !== newest.id).slice(0, othersMax)
        return fetchJson<CallbackHistory>(`/api/admin/llm-callbacks?ids=${asked.join(',')}&limit=200`, signal)
      },
    })),
    combine: (results) => results.map(({ data }) => data?.items ?? nobody),
  })
  const set = useCallback((group: AttentionGroup | undefined, isExpanded: boolean) => {
    if (!group || group.ids.length < 2) return
    setOpenIds((before) => {
      const next = new Set(before)
      if (isExpanded) next.add(group.newest.id)
      else next.delete(group.newest.id)
      return next
    })
  }, [])
  return useMemo(
    () => ({
      has: ({ newest }) => openIds.has(newest.id),
      set,
      othersOf({ newest, ids }) {
        const found = others[open.findIndex((group) => group.newest.id === newest.id)] ?? nobody
        const left = new Set(ids)
        return found.filter(({ id }) => left.has(id))
      },
    }),
    [openIds, set, others, open],
  )
}
