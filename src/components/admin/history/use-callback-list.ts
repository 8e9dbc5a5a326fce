'use client'

import { useEffect } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { setCallbackList } from '../../windows/callback-list'

/** Lets windows step through these rows, and lead back to them. */
export function useCallbackList(items: readonly HistoryItem[], focusRow: (id: string) => void): void {
  useEffect(() => setCallbackList({ items, focusRow }), [items, focusRow])
  useEffect(() => () => setCallbackList(null), [])
}
