import { sql } from 'drizzle-orm'
import type { Consumer, FeedSpan, Transaction } from '@/lib/derived/consumer'
import { blockOf, lexemeOf } from './blocks'
import { searchableWords } from './searchable-words'

type Row = { seq: number; fields: (string | null)[]; raw: Buffer }

/** Keeps `llm_callback_search`, by which the history finds words. */
export const fillSearch: Consumer = { name: 'search', consume }

async function consume({ after, through }: FeedSpan, transaction: Transaction): Promise<void> {
  // Index: llm_callbacks_seq_key.
  const { rows } = await transaction.execute<Row>(sql`
    select c.seq::float8 as seq, c.raw,
      array[c.id::text, c.external_job_id, c.error_message, c.workflow_name, c.event_type, c.step_id] as fields
    from llm_callbacks c where c.seq > ${after}::bigint and c.seq <= ${through}::bigint order by c.seq`)
  const seqs = rows.map((row) => row.seq)
  const lexemes = rows.map(({ seq, fields, raw }) => {
    const block = blockOf(seq)
    return JSON.stringify(searchableWords(fields, raw).map((word) => lexemeOf(block, word)))
  })
  await transaction.execute(sql`
    insert into llm_callback_search (seq, words)
    select seq, array_to_tsvector(array(select json_array_elements_text(lexemes::json)))
    from unnest(${sql.param(seqs)}::bigint[], ${sql.param(lexemes)}::text[]) as row (seq, lexemes)`)
  await transaction.execute(addPending)
}

/** Only the index's owner may: without the right, look-ups read what is pending until PostgreSQL adds it. */
const addPending = sql`
  select gin_clean_pending_list(oid) from pg_class
  where oid = to_regclass('llm_callback_search_words_idx') and pg_has_role(relowner, 'usage')`
