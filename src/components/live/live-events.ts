import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** What happened, for whatever on the page shows it. Ids are those of callbacks. */
export type LiveEvent =
  /** New callbacks, oldest first; from the feed, in every tab. `wasAway`: they came while no tab was there to tell of them. */
  | { kind: 'received'; items: readonly LLMCallbackSummary[]; wasAway?: boolean }
  /** More came than the feed spells out, or the feed began anew: whoever shows a list should ask for it again. */
  | { kind: 'missed' }
  /** This admin viewed, or unviewed, these; `'many'` where nobody knows which. */
  | { kind: 'viewed'; ids: readonly string[] | 'many'; isViewed: boolean }
  /** Somebody in this browser handled, or reopened, these. */
  | { kind: 'handled'; ids: readonly string[]; isHandled: boolean }

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('callboard-live')

channel?.addEventListener('message', ({ data }: MessageEvent<LiveEvent>) => deliver(data))

function deliver(event: LiveEvent): void {
  for (const listener of listeners) listener(event)
}

/** Tells every part of this page, and of Callboard's other tabs in this browser, what happened. */
export function announce(event: LiveEvent): void {
  deliver(event)
  channel?.postMessage(event)
}

/** Tells this page alone: where every tab follows the feed by itself. */
export function announceHere(event: LiveEvent): void {
  deliver(event)
}

/** Calls back at every event, of this tab and of the others. Returns how to stop. */
export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
