'use client'

import { useSyncExternalStore } from 'react'
import { formatExactTime, formatRelativeTime, formatTimeOfDay, formatUtcTime } from './format'
import { exactTimes } from './preferences/exact-times'

const tickMs = 10_000
const listeners = new Set<() => void>()
let nowMs = 0
let timer: ReturnType<typeof setInterval> | undefined

function tick() {
  nowMs = Date.now()
  for (const listener of listeners) listener()
}

/** One clock for all times on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  if (nowMs === 0) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    nowMs = 0
  }
}

type TimeProps = {
  /** ISO 8601 */
  at: string
  /** When the server rendered this, ISO 8601: until the clock runs, both sides say the same. */
  renderedAt: string
  /** In tables, where a reader may want the times of day instead. */
  isFlippable?: boolean
  className?: string
}

/** A time as its distance from now, with the exact one in the reader's zone and in UTC as its title. */
export function Time({ at, renderedAt, isFlippable = false, className }: TimeProps) {
  const isExact = exactTimes.use() && isFlippable
  const tickedMs = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => 0,
  )
  const time = new Date(at)
  const isTicking = tickedMs > 0
  const now = isTicking ? new Date(tickedMs) : new Date(renderedAt)
  const title = isTicking ? `${formatExactTime(time)}\n${formatUtcTime(time)}` : formatUtcTime(time)
  return (
    <time dateTime={at} title={title} className={className}>
      {(isExact ? formatTimeOfDay : formatRelativeTime)(time, now, isTicking ? undefined : 'UTC')}
    </time>
  )
}
