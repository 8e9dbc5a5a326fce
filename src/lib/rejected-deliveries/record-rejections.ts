import type { Database } from '@/db/client'
import { namedKeysMax, type TallyBatch } from './tally'

const samplesMax = 200
const dayMs = 86_400_000

/** The table's name in ASCII, cut to 8 bytes. */
export const rejectionsLockKey = '8243111676664374628'

/**
 * All of it is one statement, and so one transaction that no client can leave open. One writer at a time keeps replicas
 * from a deadlock; none waits for its turn, as a backend would go on waiting for a client that has given up.
 *
 * Makes room before it adds: of the rows with a prefix the oldest, and of one minute the rarest, are folded into the
 * 'other' of their hour, and what is more than a day old of those into that of their day. What is added goes by the same
 * rule, and so can't meet a row that is just being folded. Index: rejected_deliveries_pkey.
 */
const recordSql = `
with turn as materialized (
  select pg_try_advisory_xact_lock(${rejectionsLockKey}) as mine
), incoming as materialized (
  select i.* from turn cross join jsonb_to_recordset($1::jsonb)
    as i (period_start timestamptz, source text, reason text, prefix text, count bigint, last_seen_at timestamptz)
  where turn.mine
), crowded as materialized (
  select d.period_start, d.source, d.reason, d.prefix
  from rejected_deliveries d
  where d.prefix <> 'other' and not exists (
    select from incoming i
    where i.period_start = d.period_start and i.source = d.source and i.reason = d.reason and i.prefix = d.prefix)
  order by d.period_start desc, d.count desc
  offset greatest(0, $3::int - (select count(*) from incoming where prefix <> 'other'))
), folded as (
  delete from rejected_deliveries d using turn
  where turn.mine and (
    (d.prefix = 'other' and d.period_start < $4::timestamptz and d.period_start <> date_trunc('day', d.period_start, 'UTC'))
    or exists (
      select from crowded c
      where c.period_start = d.period_start and c.source = d.source and c.reason = d.reason and c.prefix = d.prefix))
  returning d.period_start, d.source, d.reason, 'other' as prefix, d.count, d.last_seen_at
), counted as (
  insert into rejected_deliveries as d (period_start, source, reason, prefix, count, last_seen_at)
  select
    case
      when prefix <> 'other' then period_start
      when date_trunc('hour', period_start, 'UTC') < $4::timestamptz then date_trunc('day', period_start, 'UTC')
      else date_trunc('hour', period_start, 'UTC')
    end,
    source, reason, prefix, sum(count), max(last_seen_at)
  from (select * from incoming union all select * from folded) as changes
  group by 1, 2, 3, 4
  on conflict (period_start, source, reason, prefix) do update
  set count = d.count + excluded.count, last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at)
), overwritten as (
  delete from rejected_delivery_samples using turn
  where turn.mine and id in (
    select id from rejected_delivery_samples order by id desc offset greatest(0, $5::int - jsonb_array_length($2::jsonb)))
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
    new Date(now.getTime() - dayMs),
    samplesMax,
  ])
  return result.rows[0]?.mine === true
}
