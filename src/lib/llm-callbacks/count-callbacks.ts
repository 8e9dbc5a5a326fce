import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { type MatchCount, matchCountMax } from './count-schemas'
import { firstRow } from './first-row'
import type { HistoryFilters } from './history-schemas'
import { selectMatching } from './select-matching'

/** How many callbacks match all filters, counted up to 1,000. Indexes: those of the history. */
export async function countCallbacks(
  filters: HistoryFilters,
  userId: string,
  db: Database = database(),
): Promise<MatchCount> {
  const matching = selectMatching({ columns: sql`c.seq as "seq"`, filters, userId, limit: matchCountMax })
  const { rows } = await db.execute<MatchCount>(sql`select count(*)::int as count from ${matching} matching`)
  return { count: firstRow(rows).count }
}
