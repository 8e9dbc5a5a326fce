'use client'

import { useEffect } from 'react'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { setCallbackList } from './callback-list'

/** Tells the windows which list stands behind them. */
export function CallbackListOfPage({ items }: { items: readonly LLMCallbackSummary[] }) {
  useEffect(() => {
    setCallbackList({
      items,
      focusRow: (id) => document.querySelector<HTMLElement>(`main a[href="/callbacks/${CSS.escape(id)}"]`)?.focus(),
    })
    return () => setCallbackList(null)
  }, [items])
  return null
}
