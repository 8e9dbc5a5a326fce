import { sql } from 'drizzle-orm'
import { vi } from 'vitest'
import type { Database } from '@/db/client'

/** How often deliveries were rejected, by reason and source ('' where there is none). */
export async function countRejections(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ kind: string; count: number }>(sql`
    select reason || ' ' || source as kind, sum(count)::int as count from rejected_deliveries group by 1 order by 1`)
  return Object.fromEntries(rows.map(({ kind, count }) => [kind.trim(), count]))
}

/** Resolves when so many are written; they are written a moment after their answer. */
export function untilRejected(db: Database, total: number): Promise<void> {
  return vi.waitFor(
    async () => {
      const counts = Object.values(await countRejections(db))
      const written = counts.reduce((sum, count) => sum + count, 0)
      if (written < total) throw new Error(`${written} of ${total} rejected deliveries are written`)
    },
    { timeout: 20_000, interval: 50 },
  )
}
