'use client'

import { useQuery } from '@tanstack/react-query'
import type { MatchCount } from '@/lib/llm-callbacks/count-schemas'
import { fetchJson } from '../../data/fetch-json'
import { formatCount } from '../../format'
import { filterKey, filterQuery } from './history-query'
import type { HistoryState } from './history-state'

/** A count of matches stops at this many, and is shown with a `+`. */
const matchCountMax = 1_000

/**
 * How many callbacks match, `matchCountMax` at most; undefined until that is known.
 * @param version a count belongs to the rows that were loaded with it
 */
export function useMatchCount(state: HistoryState, version: number, isWanted: boolean): number | undefined {
  return useQuery({
    queryKey: ['match-count', filterKey(state), version],
    queryFn: ({ signal }) =>
      fetchJson<MatchCount>(`/api/admin/llm-callbacks/count?${filterQuery(state, Date.now())}`, signal),
    enabled: isWanted,
    gcTime: 60_000,
    retry: false,
  }).data?.count
}

/** `214`, and from where counting stops `1,000+`. */
export function formatMatchCount(count: number): string {
  return `${formatCount(count)}${count >= matchCountMax ? '+' : ''}`
}
