import { feedCursorOf } from './feed-cursor'
import { followFeed } from './follow-feed'
import { keepCounts } from './keep-counts'
import { announce, announceHere, type LiveEvent } from './live-events'
import { setLiveStatus } from './live-status'
import { shareStatus } from './share-status'

/**
 * Makes this tab hear of callbacks until it is aborted. One tab of a browser follows the feed, under a Web Lock, and hands
 * what it hears to the others; when it is closed the next one goes on from its cursor. A browser has no locks on a page that
 * came over plain HTTP from another machine: there every tab follows by itself.
 */
export function startLiveFeed(adminId: string, signal: AbortSignal): void {
  let isFollowing = false
  const follow = async (tell: (event: LiveEvent) => void) => {
    isFollowing = true
    keepCounts(signal)
    await followFeed({
      cursor: feedCursorOf(adminId),
      signal,
      onStatus: setLiveStatus,
      onReceived(items, wasAway) {
        setLiveStatus({ lastCallbackAtMs: Date.now() })
        tell({ kind: 'received', items, wasAway })
      },
      onMissed: () => tell({ kind: 'missed' }),
    })
  }
  if (navigator.locks === undefined) {
    void follow(announceHere)
    return
  }
  const stopSharing = shareStatus(() => isFollowing)
  signal.addEventListener('abort', stopSharing)
  navigator.locks.request('callboard-feed', { signal }, () => follow(announce)).catch(() => undefined)
}
