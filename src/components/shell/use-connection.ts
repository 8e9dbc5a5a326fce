import { useLiveStatus } from '../live/live-status'
import { notificationSettings } from '../notifications/settings'
import { connectionLooks, connectionWord } from './connection-looks'
import { useNow } from './use-now'

/** Whether callbacks show at once: in a few words, and as a dot. */
export function useConnection(): { word: string; dot: string } {
  const status = useLiveStatus()
  const { mutedUntilMs } = notificationSettings.use()
  const nowMs = useNow(status.connection === 'reconnecting' || mutedUntilMs !== null)
  const isMuted = mutedUntilMs !== null && mutedUntilMs > nowMs
  return { word: connectionWord(status, nowMs, isMuted), dot: connectionLooks[status.connection].dot }
}
