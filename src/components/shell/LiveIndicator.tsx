'use client'

import Link from 'next/link'
import { lazy, Suspense, useState } from 'react'
import { formatRelativeTime } from '../format'
import { useLiveStatus } from '../live/live-status'
import { retryNow } from '../live/wait'
import { notificationSettings } from '../notifications/settings'
import { Button, buttonClass } from '../ui/button'
import { cn } from '../ui/cn'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { connectionLooks, connectionWord } from './connection-looks'
import { railLabel } from './rail'
import { useNow } from './use-now'

const NotificationSettings = lazy(() => import('../notifications/NotificationSettings'))

/** Whether callbacks show at once, and what is told of them: one dot, one popover. */
export function LiveIndicator() {
  const status = useLiveStatus()
  const { mutedUntilMs } = notificationSettings.use()
  const [isOpen, setIsOpen] = useState(false)
  const nowMs = useNow(isOpen || status.connection === 'reconnecting')
  const isMuted = mutedUntilMs !== null && mutedUntilMs > nowMs
  const word = connectionWord(status, nowMs, isMuted)
  const { dot } = connectionLooks[status.connection]
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger
        aria-label={`Notifications: ${word}`}
        className="flex h-8 w-full cursor-pointer items-center gap-2 rounded-control px-2.5 text-ink-2 hover:bg-accent-subtle hover:text-ink pointer-coarse:h-11"
      >
        <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center">
          <span className={cn('size-2 rounded-full', dot)} />
        </span>
        <span className={cn('truncate', railLabel)}>{word}</span>
      </PopoverTrigger>
      <PopoverContent side="top" align="start" aria-label="Notifications" className="w-80">
        <ConnectionLine nowMs={nowMs} />
        <hr className="my-3 border-line" />
        <Suspense>
          <NotificationSettings />
        </Suspense>
      </PopoverContent>
    </Popover>
  )
}

function ConnectionLine({ nowMs }: { nowMs: number }) {
  const status = useLiveStatus()
  const { connection, lastCallbackAtMs } = status
  const { dot, sentence } = connectionLooks[connection]
  return (
    <div className="grid gap-1">
      <p className="flex items-center gap-2 font-medium">
        <span aria-hidden="true" className={cn('size-2 rounded-full', dot)} />
        {connectionWord(status, nowMs, false)}
      </p>
      {sentence !== null && <p className="text-ink-2">{sentence}</p>}
      {lastCallbackAtMs !== null && (
        <p className="text-ink-2">
          Last callback {formatRelativeTime(new Date(lastCallbackAtMs), new Date(nowMs))} ago
        </p>
      )}
      {(connection === 'reconnecting' || connection === 'polling') && (
        <Button look="secondary" className="justify-self-start" onClick={retryNow}>
          Retry now
        </Button>
      )}
      {connection === 'signed_out' && (
        <Link href={signInPath()} className={buttonClass('primary', 'justify-self-start')}>
          Sign in
        </Link>
      )}
    </div>
  )
}

/** Leads back to this page, with its filters and windows. */
function signInPath(): string {
  return `/sign-in?${new URLSearchParams({ next: window.location.pathname + window.location.search })}`
}
