import { type SQL, sql } from 'drizzle-orm'
import { historyConditions } from '../history-conditions'
import type { HistoryFilters } from '../history-schemas'
import type { FeedPart, Matching } from '../matching'
import { selectFiltered } from '../select-filtered'
import { isViewedBy } from '../viewed'
import { blockRows } from './blocks'
import { type SearchTerms, searchTerms } from './search-terms'

/** Of the callbacks that contain the words, as many are tried against the filters, from where looking begins; more where more are wanted. */
const containingMax = 5_000
/** And of those that match the filters, as many are tried for the words: what is rare is found among them. */
const filteredMax = 1_000
/** A transaction's seq is drawn at most this long after its time was taken. */
const transactionMax = sql`interval '1 minute'`

/**
 * SQL for the callbacks that contain the words of `q` and match all other filters, as selectMatching() has them: found from both ends, so
 * that nothing is missed unless there are more than `containingMax` with the words and more than `filteredMax` that match the filters.
 */
export function selectSearched(q: string, matching: Matching): SQL {
  const { columns, filters, direction = 'older', limit } = matching
  const order = direction === 'older' ? sql`desc` : sql`asc`
  const terms = searchTerms(q)
  const { q: _, from, to, ...others } = filters
  const isFiltered = Object.values(others).some((value) => value !== undefined)
  const seqs =
    terms === null
      ? sql`select 0::bigint as seq where false`
      : sql.join([containing(terms, matching), ...(isFiltered ? [filtered(terms, matching)] : [])], sql` union `)
  return sql`(
    select ${columns} from (select seq from (${seqs}) found order by seq ${order} limit ${limit}) m
    cross join lateral ${callbackAt(sql`m.seq`)} c
    order by c.seq ${order})`
}

/** Index: llm_callbacks_seq_key, a probe for each: as a plain join, the planner might read all rows instead. */
function callbackAt(seq: SQL): SQL {
  return sql`(select * from llm_callbacks where seq = ${seq} offset 0)`
}

/** Stops with the last that is wanted, and so relies on the order of the walk, which nested loops keep. */
function containing(terms: SearchTerms, { filters, userId, direction = 'older', within, limit }: Matching): SQL {
  const walk = walkBlocks({ terms, filters, direction, within })
  const marks = markConditions(filters, userId)
  const conditions = historyConditions(filters)
  if (marks.length + conditions.length === 0) return sql`(select seq from (${walk}) w limit ${limit})`
  const callbacks = conditions.length > 0 ? sql`cross join lateral ${callbackAt(sql`w.seq`)} c` : sql``
  return sql`(
    select w.seq from (${walk} limit ${Math.max(containingMax, limit)}) w ${callbacks}
    where ${sql.join([...marks, ...conditions], sql` and `)}
    limit ${limit})`
}

/** Scalar subqueries: as (anti) joins they could lose the order, or hash a whole table. */
function markConditions({ viewed, handled }: HistoryFilters, userId: string): SQL[] {
  const conditions: SQL[] = []
  if (viewed !== undefined) conditions.push(sql`${isViewedBy(userId, sql`w.seq`)} = ${viewed}`)
  // Index: llm_callback_handled_seq_key.
  const isHandled = sql`(select true from llm_callback_handled h where h.seq = w.seq) is not null`
  if (handled !== undefined) conditions.push(sql`(${isHandled}) = ${handled}`)
  return conditions
}

type Walk = { terms: SearchTerms; filters: HistoryFilters; direction: 'older' | 'newer'; within?: FeedPart }

/**
 * SQL for the seqs of the callbacks that contain the words, in the order of the direction. Index: llm_callback_search_words_idx, once for
 * each block, and only for as many blocks as whoever reads them needs: a nested loop keeps the order of the blocks. The sums keep the
 * planner from walking the primary key instead, which it would for a word that it takes for frequent.
 */
function walkBlocks({ terms, filters: { from, to }, direction, within }: Walk): SQL {
  const isOlder = direction === 'older'
  const highest = sql`least(${isOlder && within ? sql`${within.edge}, ` : sql``}${seqAt('first', to)}, (select max(seq) from llm_callback_search))`
  const lowest = sql`greatest(${!isOlder && within ? sql`${within.edge}, ` : sql``}${seqAt('last', from)}, 0)`
  const [begin, end, step] = isOlder ? [highest, lowest, -1] : [lowest, highest, 1]
  const part = within ? sql` and ${within.includes(sql`(s.seq + 0)`)}` : sql``
  return sql`
    select s.seq
    from generate_series(${begin} / ${blockRows}::bigint, ${end} / ${blockRows}::bigint, ${step}::bigint) as b (block)
    cross join lateral (
      select s.seq from llm_callback_search s
      where ${matches(terms, sql`b.block`)}${part}
      order by s.seq + 0 ${isOlder ? sql`desc` : sql`asc`}
    ) s`
}

/** SQL for a seq that all callbacks of before, or of after, a moment are on one side of. Null where there is none, as least() likes. */
function seqAt(side: 'first' | 'last', moment: Date | undefined): SQL {
  if (!moment) return sql`null::bigint`
  const time = sql`${moment.toISOString()}::timestamptz`
  // Index: llm_callbacks_created_at_idx.
  return side === 'first'
    ? sql`(select seq from llm_callbacks where created_at > ${time} + ${transactionMax} order by created_at limit 1)`
    : sql`(select seq from llm_callbacks where created_at < ${time} - ${transactionMax} order by created_at desc limit 1)`
}

/** SQL for whether `s.words`, of a callback in `block`, match: looked up by `@@`, compared by the function behind it, which no index serves. */
function matches({ all, lookedUp }: SearchTerms, block: SQL): SQL {
  const found = sql`s.words @@ ${inBlock(lookedUp, block)}`
  return all === lookedUp ? found : sql`${found} and ts_match_vq(s.words, ${inBlock(all, block)})`
}

function inBlock(terms: string, block: SQL): SQL {
  return sql`replace(${terms}, '#', (${block})::text)::tsquery`
}

/** Index: that of the filters, and the primary key of the words. */
function filtered(terms: SearchTerms, { filters, userId, direction, within }: Matching): SQL {
  const { q: _, ...others } = filters
  const columns = sql`c.seq as "seq"`
  const rows = selectFiltered({ columns, filters: others, userId, direction, within, limit: filteredMax })
  return sql`(
    select f.seq from ${rows} f where (
      select s.words @@ ${inBlock(terms.all, sql`s.seq / ${blockRows}::bigint`)}
      from llm_callback_search s where s.seq = f.seq))`
}
