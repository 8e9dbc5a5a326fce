'use client'

import { useCallback, useEffect, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { onLiveEvent } from '../../live/live-events'
import { type AttentionTab, isUnderTab } from './attention-rows'

/** What came for this tab since its rows were asked for; it waits behind a count. */
export function useWaitingAttention(
  tab: AttentionTab,
  isWanted: boolean,
): readonly [readonly HistoryItem[], () => void] {
  const [waiting, setWaiting] = useState<readonly HistoryItem[]>([])
  useEffect(() => {
    if (!isWanted) return
    return onLiveEvent((event) => {
      if (event.kind !== 'received') return
      const found = event.items.filter((item) => isUnderTab(tab, item))
      if (found.length === 0) return
      setWaiting((before) => [...found.map((item) => ({ ...item, viewed: false, handled: null })), ...before])
    })
  }, [tab, isWanted])
  const forget = useCallback(() => setWaiting([]), [])
  return [waiting, forget]
}
