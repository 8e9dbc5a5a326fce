import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { fetchJson } from '../../data/fetch-json'

const pageSize = 200
/** As many as an action takes at once, and as a count goes. */
const rowsMax = 1_000

/** The newest rows that match, beyond the page, up to and with the one of this cursor; at most `rowsMax`. */
export async function collectMatching(query: string, through: string): Promise<HistoryItem[]> {
  const found: HistoryItem[] = []
  let cursor: string | null = nextAfter(through)
  while (cursor !== null && found.length < rowsMax) {
    const parameters = new URLSearchParams(query)
    parameters.set('limit', String(pageSize))
    parameters.set('cursor', cursor)
    const page: CallbackHistory = await fetchJson(`/api/admin/llm-callbacks?${parameters}`)
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

/** A page begins behind its cursor, and the row of this one is meant too. */
function nextAfter(cursor: string): string {
  const dot = cursor.lastIndexOf('.') + 1
  return `${cursor.slice(0, dot)}${Number(cursor.slice(dot)) + 1}`
}
