'use client'

import dynamic from 'next/dynamic'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { openLinksInWindows } from './link-to-window'
import { setCallbackOpener } from './open-callback'
import { useWindowUrl } from './use-window-url'
import { clearWindows, dispatchToWindows, measureViewport, startWindows, useWindows } from './window-store'

const LLMCallbackDetailModal = dynamic(
  () => import('../admin/LLMCallbackDetailModal').then((module) => module.LLMCallbackDetailModal),
  { ssr: false },
)

/** Who looks: "viewed by you". */
export type Viewer = { id: string; name: string }

/**
 * The windows of the console, over every page. The server renders none; their code is fetched once the page is idle, or
 * when the first one opens.
 */
export function CallbackWindows({ viewer }: { viewer: Viewer }) {
  const { windows } = useWindows()
  const isIdle = useIsIdle()
  // Before the URL is read, so that the first window knows its viewport.
  useLayoutEffect(() => {
    startWindows()
    window.addEventListener('resize', measureViewport)
    return () => {
      window.removeEventListener('resize', measureViewport)
      clearWindows()
    }
  }, [])
  const noteStep = useWindowUrl()
  useOpener(noteStep)
  return windows.length > 0 || isIdle ? <LLMCallbackDetailModal viewer={viewer} /> : null
}

/** Makes `openCallback`, and links to callbacks, open windows. */
function useOpener(noteStep: () => void): void {
  const note = useRef(noteStep)
  note.current = noteStep
  useEffect(() => {
    setCallbackOpener((callbackId, { summary, inNewWindow }) => {
      note.current()
      dispatchToWindows({ do: 'open', callbackId, summary, inNewWindow })
    })
    const stop = openLinksInWindows((callbackId, inNewWindow) => {
      note.current()
      dispatchToWindows({ do: 'open', callbackId, inNewWindow })
    })
    return () => {
      stop()
      setCallbackOpener(null)
    }
  }, [])
}

function useIsIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => {
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => setIsIdle(true), 2_000)
      return () => clearTimeout(timer)
    }
    const handle = window.requestIdleCallback(() => setIsIdle(true))
    return () => window.cancelIdleCallback(handle)
  }, [])
  return isIdle
}
