import { asc, getTableColumns, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { llmCallbacks } from '@/db/schema'

export type CallbackRow = Awaited<ReturnType<typeof readRows>>[number]

/** Every callback that is stored, in the order of the feed; event times in microseconds and the jsonb view as text. */
export function readRows(db: Database) {
  return db
    .select({
      ...getTableColumns(llmCallbacks),
      eventTime: sql<
        string | null
      >`to_char(${llmCallbacks.eventTime} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      payload: sql<string | null>`${llmCallbacks.payload}::text`,
    })
    .from(llmCallbacks)
    .orderBy(asc(llmCallbacks.seq))
}

/** Takes every callback out, so that each test finds what it sent and nothing else. */
export async function clearRows(db: Database): Promise<void> {
  await db.execute(sql`truncate llm_callbacks cascade`)
}
