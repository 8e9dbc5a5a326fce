import Link from 'next/link'
import { formatRelativeTime } from '../format'
import { useLiveStatus } from '../live/live-status'
import { retryNow } from '../live/wait'
import NotificationSettings from '../notifications/NotificationSettings'
import { Button, buttonClass } from '../ui/button'
import { cn } from '../ui/cn'
import { connectionLooks, connectionWord } from './connection-looks'
import { useNow } from './use-now'

/** The connection in a sentence, and what this browser tells of what comes by it. */
export default function LiveSettings() {
  const nowMs = useNow(true)
  return (
    <>
      <ConnectionLine nowMs={nowMs} />
      <hr className="my-3 border-line" />
      <NotificationSettings />
    </>
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
