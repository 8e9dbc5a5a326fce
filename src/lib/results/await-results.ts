import { sql } from 'drizzle-orm'
import type { Consumer } from '@/lib/derived/consumer'
import { presets } from '@/lib/presets/presets'

/** Of senders that keep results for whoever asks. */
const presetIds = [...presets.values()].filter(({ result }) => result).map(({ id }) => id)

/**
 * Notes for which callbacks there is a result to fetch: in the transaction that moves its place in the feed, so that none is forgotten,
 * and none that was fetched before is fetched again.
 */
export const awaitResults: Consumer = {
  name: 'results',
  rowsMax: 5_000,
  async consume({ after, through }, transaction) {
    // Index: llm_callbacks_seq_key.
    await transaction.execute(sql`
      insert into llm_callback_results (callback_id)
      select c.id from llm_callbacks c join sources s on s.slug = c.source
      where c.seq > ${after}::bigint and c.seq <= ${through}::bigint
        and s.api_key is not null and c.created_at >= s.api_key_since and s.preset = any(${sql.param(presetIds)}::text[])
        and c.external_job_id is not null and c.event_type is not null
      on conflict do nothing`)
  },
}
