import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { getRecentCallbacks } from '../llm-callbacks/get-recent-callbacks'
import { addUp, type Rollup, totalsOf } from './add-up'
import { rangeShapes, spanOf } from './ranges'
import { verdictStatuses } from './roll-up'
import type { Overview, OverviewInput } from './schemas'

const workflowsMax = 50

type BucketRow = Rollup & { startsAtMs: number }
type WorkflowRow = Rollup & { workflowName: string | null; place: number }

/**
 * What came in over a range that ends now, and over the equal one before it; read from the roll-ups, never from the callbacks, and so
 * behind them by as long as the follower takes.
 *
 * @param now end of the range
 */
export async function getOverview(
  { range, source, workflow }: OverviewInput,
  userId: string,
  now: Date,
  db: Database = database(),
): Promise<Overview> {
  const { bucketSeconds } = rangeShapes[range]
  const { from, to, previousFrom } = spanOf(range, now)
  const since = (start: Date) => sql`
    r.bucket_seconds = ${bucketSeconds}::int and r.starts_at >= ${start.toISOString()}::timestamptz
    and r.starts_at <= ${to.toISOString()}::timestamptz
    ${source === undefined ? sql`` : sql`and r.source = ${source}`}
    ${workflow === undefined ? sql`` : sql`and r.workflow_name = ${workflow}`}`
  const [buckets, workflows, { unviewedCount }] = await Promise.all([
    db.execute<BucketRow>(bucketStatement(since(previousFrom))),
    db.execute<WorkflowRow>(workflowStatement(since(from))),
    getRecentCallbacks(null, 1, userId, db),
  ])
  const isCurrent = (row: BucketRow) => row.startsAtMs >= from.getTime()
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    bucketSeconds,
    buckets: bucketsOf(buckets.rows.filter(isCurrent), from, to, bucketSeconds),
    totals: totalsOf(buckets.rows.filter(isCurrent)),
    previousTotals: totalsOf(buckets.rows.filter((row) => !isCurrent(row))),
    unviewedCount,
    workflows: workflowsOf(workflows.rows),
  }
}

const sums = sql`
  r.status, r.duration_step::int as "durationStep", sum(r.callbacks)::float8 as callbacks,
  sum(r.tokens_total)::float8 as "tokensTotal", sum(r.cost_usd)::text as "costUsd"`

/** Index: the roll-ups' unique key. */
function bucketStatement(condition: SQL): SQL {
  return sql`
    select extract(epoch from r.starts_at)::float8 * 1000 as "startsAtMs", ${sums}
    from llm_callback_rollups r where ${condition} group by r.starts_at, r.status, r.duration_step`
}

/**
 * The busiest workflows. Index: the roll-ups' unique key, read once: joined with a list of the busiest, they would be read for each of
 * these again, as "is not distinct from" can't be hashed.
 */
function workflowStatement(condition: SQL): SQL {
  return sql`
    select * from (
      select dense_rank() over (order by total desc, "workflowName")::int as place, counted.*
      from (
        select summed.*, sum(callbacks) over (partition by "workflowName") as total
        from (
          select r.workflow_name as "workflowName", ${sums}
          from llm_callback_rollups r where ${condition} group by r.workflow_name, r.status, r.duration_step
        ) summed
      ) counted
    ) placed
    where place <= ${workflowsMax} order by place`
}

function bucketsOf(rows: readonly BucketRow[], from: Date, to: Date, bucketSeconds: number): Overview['buckets'] {
  const byStart = groupBy(rows, (row) => row.startsAtMs)
  const starts: number[] = []
  for (let at = from.getTime(); at <= to.getTime(); at += bucketSeconds * 1_000) starts.push(at)
  return starts.map((at) => {
    const { counts, durationP50Ms, durationP95Ms } = totalsOf(byStart.get(at) ?? [])
    return { startsAt: new Date(at).toISOString(), counts, durationP50Ms, durationP95Ms }
  })
}

function workflowsOf(rows: readonly WorkflowRow[]): Overview['workflows'] {
  return [...groupBy(rows, (row) => row.place).values()].map((group) => {
    const totals = totalsOf(group)
    const runs = addUp(verdictStatuses.map((status) => totals.counts[status]))
    return { ...totals, workflowName: group[0]?.workflowName ?? null, runs }
  })
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
