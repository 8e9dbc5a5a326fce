import { getLiveStatus, type LiveStatus, onLiveStatus, setLiveStatus } from './live-status'

type Message = { kind: 'asked' } | { kind: 'status'; status: LiveStatus }

/**
 * Shares the status between the tabs of a browser: the one that follows the feed tells it, the others show it. Returns how
 * to stop.
 */
export function shareStatus(isFollowing: () => boolean): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined
  const channel = new BroadcastChannel('callboard-status')
  const tell = () => {
    if (isFollowing()) channel.postMessage({ kind: 'status', status: getLiveStatus() } satisfies Message)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'asked') tell()
    else if (!isFollowing()) setLiveStatus(data.status)
  })
  const stop = onLiveStatus(tell)
  channel.postMessage({ kind: 'asked' } satisfies Message)
  return () => {
    stop()
    channel.close()
  }
}
