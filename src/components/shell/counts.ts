import { unviewedCountMax } from '@/lib/llm-callbacks/vocabulary'
import { formatCount } from '../format'

/** Beyond these nobody reads the digits: `99+`. */
const shownMax = 99

/** A count beside an icon, with the exact one for names and tooltips; null where there is nothing to count. */
export function formatBadge(count: number | null): { shown: string; exact: string } | null {
  if (count === null || count === 0) return null
  return {
    shown: count > shownMax ? `${shownMax}+` : String(count),
    // The server counts no further.
    exact: count >= unviewedCountMax ? `${formatCount(unviewedCountMax)}+` : formatCount(count),
  }
}
