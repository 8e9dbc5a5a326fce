import type { Database } from '@/db/client'
import { namedKeysMax, type TallyBatch } from './tally'

const samplesMax = 200
/** Rows that one write may displace: what is deleted takes its place until the next vacuum. */
const displacedMax = 100
const dayMs = 86_400_000

/** The table's name in ASCII, cut to 8 bytes. */
export const rejectionsLockKey = '8243111676664374628'

/**
 * All of it is one statement, and so one transaction that no client can leave open. One writer at a time keeps replicas
 * from a deadlock; none waits for its turn, as a backend would go on waiting for a client that has given up.
 *
 * `placed` is what is added, each under the key that it gets: a network that is not in the table yet keeps its name where
 * there is room, or where it is among those that may displace an older row. `displaced` makes that room: of the rows that
 * nothing is added to the oldest, and of one minute the rarest, are folded into the 'other' of their hour, and what is more
 * than a day old of those into that of their day. What is added goes by the same rule, and so can't meet a row that is just
 * being folded. Index: rejected_deliveries_pkey.
 */
const recordSql = `
with turn as materialized (
  select pg_try_advisory_xact_lock(${rejectionsLockKey}) as mine
), incoming as materialized (
  select i.*, i.prefix <> 'other' and d.prefix is null as is_new,
    row_number() over (partition by i.prefix <> 'other' and d.prefix is null order by i.count desc) as place
  from turn
  cross join jsonb_to_recordset($1::jsonb)
    as i (period_start timestamptz, source text, reason text, prefix text, count bigint, last_seen_at timestamptz)
  left join rejected_deliveries d using (period_start, source, reason, prefix)
  where turn.mine
), placed as materialized (
  select period_start, source, reason, count, last_seen_at,
    case when is_new and place > greatest($4::int, $3::int - (select count(*) from rejected_deliveries where prefix <> 'other'))
      then 'other' else prefix end as prefix
  from incoming
), displaced as materialized (
  select d.period_start, d.source, d.reason, d.prefix
  from rejected_deliveries d
  where d.prefix <> 'other'
    and (d.period_start, d.source, d.reason, d.prefix) not in (select period_start, source, reason, prefix from placed)
  order by d.period_start desc, d.count desc
  offset greatest(0, $3::int - (select count(*) from placed where prefix <> 'other'))
), folded as (
  delete from rejected_deliveries d using turn
  where turn.mine and (
    (d.prefix = 'other' and d.period_start < $5::timestamptz and d.period_start <> date_trunc('day', d.period_start, 'UTC'))
    or (d.period_start, d.source, d.reason, d.prefix) in (select * from displaced))
  returning d.period_start, d.source, d.reason, 'other' as prefix, d.count, d.last_seen_at
), counted as (
  insert into rejected_deliveries as d (period_start, source, reason, prefix, count, last_seen_at)
  select
    case
      when prefix <> 'other' then period_start
      when date_trunc('hour', period_start, 'UTC') < $5::timestamptz then date_trunc('day', period_start, 'UTC')
      else date_trunc('hour', period_start, 'UTC')
    end,
    source, reason, prefix, sum(count), max(last_seen_at)
  from (
    select period_start, source, reason, prefix, count, last_seen_at from placed
    union all
    select period_start, source, reason, prefix, count, last_seen_at from folded
  ) as changes
  group by 1, 2, 3, 4
  on conflict (period_start, source, reason, prefix) do update
  set count = d.count + excluded.count, last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at)
), overwritten as (
  delete from rejected_delivery_samples using turn
  where turn.mine and id in (
    select id from rejected_delivery_samples order by id desc offset greatest(0, $6::int - jsonb_array_length($2::jsonb)))
), sampled as (
  insert into rejected_delivery_samples (rejected_at, source, reason, prefix, path, body_bytes)
  select s.* from turn cross join jsonb_to_recordset($2::jsonb)
    as s (rejected_at timestamptz, source text, reason text, prefix text, path text, body_bytes bigint)
  where turn.mine
)
select mine from turn`

/**
 * Adds counts and samples to what all replicas have counted, and keeps both tables within their bounds: about 1,000 rows
 * with a prefix, 200 samples. Totals for each source, reason and hour of the last day stay exact.
 * @returns false when another replica is writing at this moment: nothing was done.
 */
export async function recordRejections(db: Database, batch: TallyBatch, now: Date): Promise<boolean> {
  const counts = batch.counts.map((row) => ({
    period_start: new Date(row.periodStart),
    source: row.source,
    reason: row.reason,
    prefix: row.prefix,
    count: row.count,
    last_seen_at: new Date(row.lastSeenAt),
  }))
  const samples = batch.samples.map((row) => ({
    rejected_at: new Date(row.rejectedAt),
    source: row.source,
    reason: row.reason,
    prefix: row.prefix,
    path: row.path,
    body_bytes: row.bodyBytes,
  }))
  const result = await db.$client.query<{ mine: boolean }>(recordSql, [
    JSON.stringify(counts),
    JSON.stringify(samples),
    namedKeysMax,
    displacedMax,
    new Date(now.getTime() - dayMs),
    samplesMax,
  ])
  return result.rows[0]?.mine === true
}
