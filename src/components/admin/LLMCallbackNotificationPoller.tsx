'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import type { LLMCallbackSummary, ViewedLLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { onLiveEvent } from '../live/live-events'
import { startLiveFeed } from '../live/live-feed'
import { collectArrivals } from '../notifications/arrivals'
import { notifyDesktop } from '../notifications/desktop'
import { isNotified, notificationSettings } from '../notifications/settings'
import { addToasts, removeViewed } from '../notifications/toast-store'
import { holdVoice } from '../notifications/voice'

const NotificationToaster = lazy(() => import('../notifications/NotificationToaster'))

/**
 * Hears of new callbacks on every page of the console, and tells of them: toasts in the tab that was used last, counts in
 * all. Renders nothing but the region of the toasts.
 */
export function LLMCallbackNotificationPoller({ adminId }: { adminId: string }) {
  const [isStarted, setIsStarted] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const hasVoice = holdVoice(signal)
    const collect = collectArrivals(addToasts, signal)
    const stopListening = onLiveEvent((event) => {
      if (event.kind === 'viewed' && event.isViewed) removeViewed(event.ids)
      if (event.kind !== 'received' || !hasVoice()) return
      const settings = notificationSettings.get()
      const told = event.items.filter((item) => !isViewed(item) && isNotified(item, settings, Date.now()))
      collect(told, event.wasAway ?? false)
      if (settings.onDesktop) notifyDesktop(told)
    })
    signal.addEventListener('abort', stopListening)
    startLiveFeed(adminId, signal)
    setIsStarted(true)
    return () => stop.abort()
  }, [adminId])
  return <Suspense>{isStarted && <NotificationToaster />}</Suspense>
}

/** What was asked for says whether it is viewed; what the stream tells is new, and can't be. */
function isViewed(item: LLMCallbackSummary | ViewedLLMCallbackSummary): boolean {
  return 'viewed' in item && item.viewed
}
