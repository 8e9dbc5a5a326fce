import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import type { Sightings } from './sightings'

const pageItemsMax = 100
const pollGapMs = 50

type Options = { db: Database; userId: string; after: string; sightings: Sightings; signal: AbortSignal }

/** Follows the feed as the console does without a stream: `check` with its own cursor, over and over. */
export async function readByCursor({ db, userId, after, sightings, signal }: Options): Promise<void> {
  let cursor = after
  while (!signal.aborted) {
    const page = await getRecentCallbacks(cursor, pageItemsMax, userId, db).catch(() => null)
    if (page) {
      for (const item of page.items) sightings.see(item)
      if (page.reset) sightings.resets += 1
      cursor = page.nextCursor
    }
    if (!page?.hasMore) await sleep(pollGapMs)
  }
}
