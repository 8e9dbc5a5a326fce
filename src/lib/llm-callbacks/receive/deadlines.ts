/** Items that may take no longer than a given time each, all of them the same. */
export type Deadlines<Item> = {
  /** Counts from now. */
  start(item: Item): void
  /** The item is done. */
  stop(item: Item): void
}

/**
 * Watches all by one timer, which keeps no process alive: one for each, made and cancelled within milliseconds, would take as long as
 * reading what it is for.
 * @param onExpired told of each item whose time is up, once, and at most a few milliseconds later.
 */
export function createDeadlines<Item>(ms: number, onExpired: (item: Item) => void): Deadlines<Item> {
  // The time is the same for all, so that the first in has the least left.
  const expiresAt = new Map<Item, number>()
  let isWatching = false

  function watch(nextMs: number): void {
    isWatching = true
    setTimeout(expire, nextMs).unref()
  }

  function expire(): void {
    isWatching = false
    const now = performance.now()
    for (const [item, at] of expiresAt) {
      if (at > now) {
        watch(at - now)
        return
      }
      expiresAt.delete(item)
      onExpired(item)
    }
  }

  return {
    start(item) {
      expiresAt.set(item, performance.now() + ms)
      if (!isWatching) watch(ms)
    },
    stop: (item) => void expiresAt.delete(item),
  }
}
