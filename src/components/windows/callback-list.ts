import { useSyncExternalStore } from 'react'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** The list that a page shows, for windows that step through it in its filter and order. */
export type CallbackList = Readonly<{
  items: readonly LLMCallbackSummary[]
  /** Puts the keyboard's focus on the row of this callback, or on its place if the row has gone. */
  focusRow: (id: string) => void
}>

const listeners = new Set<() => void>()
let current: CallbackList | null = null

/** Says which list is on the page; null when there is none any more. */
export function setCallbackList(list: CallbackList | null): void {
  current = list
  for (const listener of listeners) listener()
}

export function readCallbackList(): CallbackList | null {
  return current
}

export function useCallbackList(): CallbackList | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
    () => null,
  )
}
