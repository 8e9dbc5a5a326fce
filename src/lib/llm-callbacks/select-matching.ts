import type { SQL } from 'drizzle-orm'
import type { Matching } from './matching'
import { selectSearched } from './search/select-searched'
import { selectFiltered } from './select-filtered'

/**
 * SQL for the callbacks that match all filters: the newest `limit`, newest first, or with `direction: 'newer'` the oldest, oldest
 * first.
 */
export function selectMatching(matching: Matching): SQL {
  const { q } = matching.filters
  return q === undefined ? selectFiltered(matching) : selectSearched(q, matching)
}
