import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { countingWindowStart } from '@/lib/rejected-deliveries/counting-window'
import { type Attention, attentionCountMax } from './attention-schemas'
import { firstRow } from './first-row'
import { isHandled } from './handled'
import { isQuarantined, isVariant } from './history-conditions'

/**
 * Counts what needs attention and is not handled, each kind up to 1,000. Indexes: llm_callbacks_status_seq_idx,
 * llm_callbacks_quarantined_seq_idx, llm_callbacks_variant_seq_idx, each from its end and beside llm_callback_handled_seq_key;
 * rejected_deliveries_pkey.
 */
export async function countAttention(now: Date, db: Database = database()): Promise<Attention> {
  const { rows } = await db.execute<Attention>(sql`
    select
      ${cappedCountOf(sql`c.status = 'failed'`)} as "failed",
      ${cappedCountOf(isQuarantined)} as "quarantined",
      ${cappedCountOf(isVariant)} as "changed",
      (select least(coalesce(sum(count), 0), ${attentionCountMax}::int)::int from rejected_deliveries
        where period_start >= ${countingWindowStart(now).toISOString()}::timestamptz) as "rejected"`)
  return firstRow(rows)
}

/** "order by" keeps the planner from reading the whole table where it takes the rows for many. */
function cappedCountOf(condition: SQL): SQL {
  return sql`
    (select count(*)::int from (
      select from llm_callbacks c where ${condition} and not ${isHandled} order by c.seq desc limit ${attentionCountMax}
    ) capped)`
}
