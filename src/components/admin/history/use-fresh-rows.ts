'use client'

import { useCallback, useEffect, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'

const markedMs = 1_200

/** Marks rows for a moment after they were brought in. */
export function useFreshRows(): readonly [ReadonlySet<string>, (rows: readonly HistoryItem[]) => void] {
  const [freshIds, setFreshIds] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (freshIds.size === 0) return
    const timer = setTimeout(() => setFreshIds(new Set()), markedMs)
    return () => clearTimeout(timer)
  }, [freshIds])
  const mark = useCallback((rows: readonly HistoryItem[]) => setFreshIds(new Set(rows.map(({ id }) => id))), [])
  return [freshIds, mark]
}
