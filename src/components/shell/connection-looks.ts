import type { Connection, LiveStatus } from '../live/live-status'

type Look = { dot: string; sentence: string | null }

/** The dot of each state, and what it means where its name does not say it. */
export const connectionLooks: Record<Connection, Look> = {
  connecting: { dot: 'border-2 border-neutral-solid', sentence: null },
  live: { dot: 'bg-success-solid', sentence: 'New callbacks show at once.' },
  polling: {
    dot: 'border-2 border-warning-solid',
    sentence: 'Live updates are interrupted. Checking every 10 seconds.',
  },
  reconnecting: { dot: 'border-2 border-warning-solid', sentence: 'The server did not answer.' },
  offline: {
    dot: 'bg-neutral-solid',
    sentence: 'You are offline. Callbacks are still received and will appear when you are back.',
  },
  signed_out: {
    dot: 'bg-danger-solid',
    sentence: 'You were signed out. Sign in to go on; your place is kept.',
  },
}

/** The state in a few words: `Live`, `Reconnecting in 8 s`. */
export function connectionWord({ connection, retryAtMs }: LiveStatus, nowMs: number, isMuted: boolean): string {
  if (isMuted && connection === 'live') return 'Muted'
  const seconds = Math.max(0, Math.ceil(((retryAtMs ?? nowMs) - nowMs) / 1_000))
  const words: Record<Connection, string> = {
    connecting: 'Connecting',
    live: 'Live',
    polling: 'Polling every 10 s',
    reconnecting: seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting',
    offline: 'Offline',
    signed_out: 'Signed out',
  }
  return words[connection]
}
