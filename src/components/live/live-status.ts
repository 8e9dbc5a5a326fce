import { useSyncExternalStore } from 'react'

/** How this browser hears of new callbacks. */
export type Connection = 'connecting' | 'live' | 'polling' | 'reconnecting' | 'offline' | 'signed_out'

export type LiveStatus = Readonly<{
  connection: Connection
  /** When the next try is made, as milliseconds since 1970; only while `reconnecting`. */
  retryAtMs: number | null
  /** When the last callback arrived that this browser heard of, as milliseconds since 1970. */
  lastCallbackAtMs: number | null
  /** Of this admin, 1,000 at most; null until it is known. */
  unviewedCount: number | null
  /** One of the unviewed has failed. */
  hasUnviewedFailure: boolean
  /** Everything open under "Needs attention"; null until it is known. */
  attentionCount: number | null
}>

const initial: LiveStatus = {
  connection: 'connecting',
  retryAtMs: null,
  lastCallbackAtMs: null,
  unviewedCount: null,
  hasUnviewedFailure: false,
  attentionCount: null,
}

const listeners = new Set<() => void>()
let current = initial

/** Changes some of the status; written by the notification poller alone. */
export function setLiveStatus(changes: Partial<LiveStatus>): void {
  current = { ...current, ...changes }
  for (const listener of listeners) listener()
}

export function getLiveStatus(): LiveStatus {
  return current
}

/** Calls back at every change. Returns how to stop. */
export function onLiveStatus(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The status, from the browser's start on; the server renders it as unknown. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(
    onLiveStatus,
    () => current,
    () => initial,
  )
}
