import { useEffect } from 'react'
import { setViewed } from './data/callback-marking'
import type { Notice } from './use-notice'
import type { CallbackWindow } from './window-state'

const steppedPauseMs = 500

/**
 * Notes that a person has this callback before them: at once when it was opened, and when it was stepped to only if they
 * stay with it. Where it fails the callback stays unviewed, and the window says so.
 */
export function useViewing(
  { callbackId, isStepped, mode }: CallbackWindow,
  { isThere, say }: { isThere: boolean; say: (notice: Notice) => void },
): void {
  const isShown = mode !== 'minimised'
  useEffect(() => {
    if (!isThere || !isShown) return
    const view = async ({ isRetry }: { isRetry: boolean }) => {
      if (!(await setViewed(callbackId, true))) {
        const retry = () => void view({ isRetry: true })
        say({ text: 'Not marked as viewed. The server did not answer.', retry })
      } else if (isRetry) say({ text: 'Marked viewed' })
    }
    const timer = setTimeout(() => void view({ isRetry: false }), isStepped ? steppedPauseMs : 0)
    return () => clearTimeout(timer)
  }, [callbackId, isStepped, isThere, isShown, say])
}
