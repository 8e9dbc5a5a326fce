/** How far this browser has read the feed, and when it was last known to be up to date. */
export type FeedPosition = { cursor: string; atMs: number }

export type FeedCursor = {
  /** Null in a browser that was never here. */
  read: () => FeedPosition | null
  write: (cursor: string) => void
}

/** Keeps one admin's place in the feed in localStorage; where that is refused, as long as the page lives. */
export function feedCursorOf(adminId: string): FeedCursor {
  const key = `callboard.feed.${adminId}`
  let kept: FeedPosition | null = null
  return {
    read() {
      try {
        return parsePosition(localStorage.getItem(key)) ?? kept
      } catch {
        return kept
      }
    },
    write(cursor) {
      kept = { cursor, atMs: Date.now() }
      try {
        localStorage.setItem(key, JSON.stringify(kept))
      } catch {
        // Kept in memory.
      }
    },
  }
}

function parsePosition(text: string | null): FeedPosition | null {
  if (text === null) return null
  try {
    const { cursor, atMs } = JSON.parse(text) as Partial<FeedPosition>
    return typeof cursor === 'string' && typeof atMs === 'number' ? { cursor, atMs } : null
  } catch {
    return null
  }
}
