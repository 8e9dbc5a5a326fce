'use client'

import { useEffect } from 'react'
import { markCallbackAsViewed } from '@/app/actions/llm-callbacks'

/**
 * Notes that a person has this callback before them: from the browser, for the server also renders pages that nobody
 * opens. Where it fails the callback stays unviewed, which loses nothing.
 */
export function MarkViewed({ callbackId }: { callbackId: string }) {
  useEffect(() => {
    markCallbackAsViewed(callbackId).catch(() => undefined)
  }, [callbackId])
  return null
}
