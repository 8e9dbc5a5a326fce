import { useEffect } from 'react'
import { setViewed } from './data/callback-marking'
import type { CallbackWindow } from './window-state'

const steppedPauseMs = 500

/**
 * Notes that a person has this callback before them: at once when it was opened, and when it was stepped to only if they
 * stay with it. Where it fails the callback stays unviewed, which loses nothing.
 */
export function useViewing({ callbackId, isStepped, mode }: CallbackWindow, isThere: boolean): void {
  const isShown = mode !== 'minimised'
  useEffect(() => {
    if (!isThere || !isShown) return
    const timer = setTimeout(() => void setViewed(callbackId, true), isStepped ? steppedPauseMs : 0)
    return () => clearTimeout(timer)
  }, [callbackId, isStepped, isThere, isShown])
}
