import type { SourceItem } from '@/lib/sources/schemas'
import type { BadgeTone } from '../ui/badge'

type SourceState = { label: string; tone: BadgeTone }

/** Whether a source takes callbacks, and has taken any. */
export function sourceState({ enabled, debugUntil, lastReceivedAt }: SourceItem): SourceState {
  if (!enabled) return { label: 'Paused', tone: 'neutral' }
  if (debugUntil !== null) return { label: 'Debug', tone: 'info' }
  return lastReceivedAt === null
    ? { label: 'Waiting for first callback', tone: 'waiting' }
    : { label: 'Active', tone: 'success' }
}
