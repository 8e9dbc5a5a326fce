import type { RecentCallbacks } from '@/lib/llm-callbacks/check-schemas'
import type { ViewedLLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { fetchJson } from '../data/fetch-json'

const pageSize = 100
/** Whoever was away for longer than this many pages reads the list, not a thousand notices. */
const pagesMax = 10

/** What came after a cursor, oldest first. `isWhole` is false where there was more than is told one by one. */
export type News = { items: ViewedLLMCallbackSummary[]; cursor: string; isWhole: boolean }

/**
 * Asks what is new after a cursor; without one, only where the feed stands now.
 * @throws ApiError
 */
export async function readNews(after: string | null, signal: AbortSignal): Promise<News> {
  const items: ViewedLLMCallbackSummary[] = []
  if (after === null) return { items, cursor: (await check(null, 1, signal)).nextCursor, isWhole: true }
  let cursor = after
  for (let page = 0; page < pagesMax; page++) {
    const answer = await check(cursor, pageSize, signal)
    cursor = answer.nextCursor
    if (answer.reset) return { items: [], cursor, isWhole: false }
    items.push(...answer.items)
    if (!answer.hasMore) return { items, cursor, isWhole: true }
  }
  return { items, cursor: (await check(null, 1, signal)).nextCursor, isWhole: false }
}

function check(after: string | null, limit: number, signal: AbortSignal): Promise<RecentCallbacks> {
  const query = new URLSearchParams({ limit: String(limit), ...(after !== null && { after }) })
  return fetchJson<RecentCallbacks>(`/api/admin/llm-callbacks/check?${query}`, signal)
}
