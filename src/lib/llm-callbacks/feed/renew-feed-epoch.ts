import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

/**
 * Begins another life of the database for whoever follows the feed: every cursor given out before is answered with `reset`.
 * To be called after a restore, for the same place in the feed may now hold another callback.
 */
export async function renewFeedEpoch(db: Pick<Database, 'execute'>): Promise<void> {
  await db.execute(sql`
    insert into llm_callback_feed (epoch) values (gen_random_uuid())
    on conflict (only_row) do update set epoch = excluded.epoch`)
}
