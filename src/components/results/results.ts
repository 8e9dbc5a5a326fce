import { useSyncExternalStore } from 'react'

/** What came of something that the reader did: one line, with at most one thing to do about it. */
export type Result = Readonly<{
  text: string
  /** A failure stays until it is dealt with or closed; anything else goes by itself. */
  isFailure: boolean
  action: Readonly<{ label: string; run: () => void }> | null
}>

const listeners = new Set<() => void>()
let current: Result | null = null

function set(result: Result | null): void {
  current = result
  for (const listener of listeners) listener()
}

/** Says in the page's status line what was done, with a way back where there is one. */
export function showResult(text: string, undo?: () => void): void {
  set({ text, isFailure: false, action: undo ? { label: 'Undo', run: undo } : null })
}

/** Says what was not done, with a way to try again. */
export function showFailure(text: string, retry?: () => void): void {
  set({ text, isFailure: true, action: retry ? { label: 'Try again', run: retry } : null })
}

export function closeResult(): void {
  set(null)
}

export function useResult(): Result | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
    () => null,
  )
}
