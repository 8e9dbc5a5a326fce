import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { LLMCallbackId } from './schemas'

/**
 * Makes callbacks open again for the whole team, whoever handled them.
 * @returns those that were handled until now
 */
export async function markCallbacksAsUnhandled(
  ids: readonly LLMCallbackId[],
  db: Database = database(),
): Promise<LLMCallbackId[]> {
  const { rows } = await db.execute<{ id: LLMCallbackId }>(sql`
    delete from llm_callback_handled where callback_id = any(${sql.param(ids)}::uuid[]) returning callback_id as id`)
  return rows.map((row) => row.id)
}
