import { sql } from 'drizzle-orm'
import type { Consumer } from '../derived/consumer'
import { durationBase } from './duration-steps'
import { keptSeconds, rangeShapes } from './ranges'

/** Statuses that end a job: what counts as a run, and whose duration, tokens and cost are the job's. */
export const verdictStatuses = ['completed', 'failed', 'canceled'] as const

/** Keeps `llm_callback_rollups`, from which the overview is read. What is pruned later has been counted, and stays so. */
export const rollUp: Consumer = {
  name: 'rollups',
  async consume({ after, through }, transaction) {
    const lengths = Object.values(rangeShapes)
    const seconds = sql.param(lengths.map((length) => length.bucketSeconds))
    const kept = sql.param(lengths.map(keptSeconds))
    const verdicts = sql.param(verdictStatuses)
    // Index: llm_callbacks_seq_key.
    await transaction.execute(sql`
      insert into llm_callback_rollups as r
        (bucket_seconds, starts_at, source, workflow_name, status, duration_step, callbacks, tokens_total, cost_usd)
      select length.seconds, date_bin(make_interval(secs => length.seconds), c.created_at, 'epoch'::timestamptz), c.source, c.workflow_name,
        shown.status,
        case when is_verdict then
          case when c.duration_ms > 0 then ceil(ln(c.duration_ms) / ln(${durationBase}::float8))
            when c.duration_ms <= 0 then 0 end
        end::smallint,
        count(*), sum(c.tokens_total) filter (where is_verdict), sum(c.cost_usd) filter (where is_verdict)
      from llm_callbacks c
      cross join unnest(${seconds}::int[], ${kept}::int[]) as length (seconds, kept)
      cross join lateral (
        select case when c.payload_state = 'quarantined' then 'quarantined' else c.status end as status) shown
      cross join lateral (select shown.status = any (${verdicts}::text[]) as is_verdict) verdict
      where c.seq > ${after}::bigint and c.seq <= ${through}::bigint
        and c.created_at > now() - make_interval(secs => length.kept)
      group by 1, 2, 3, 4, 5, 6
      on conflict (bucket_seconds, starts_at, source, workflow_name, status, duration_step) do update set
        callbacks = r.callbacks + excluded.callbacks,
        tokens_total = case when coalesce(r.tokens_total, excluded.tokens_total) is null then null
          else coalesce(r.tokens_total, 0) + coalesce(excluded.tokens_total, 0) end,
        cost_usd = case when coalesce(r.cost_usd, excluded.cost_usd) is null then null
          else coalesce(r.cost_usd, 0) + coalesce(excluded.cost_usd, 0) end`)
    // Index: the unique key.
    await transaction.execute(sql`
      delete from llm_callback_rollups r
      using unnest(${seconds}::int[], ${kept}::int[]) as length (seconds, kept)
      where r.bucket_seconds = length.seconds and r.starts_at < now() - make_interval(secs => length.kept)`)
  },
}
