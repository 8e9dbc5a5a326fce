import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { isoTime } from '@/db/iso-time'
import { countedHours, countingWindowStart } from './counting-window'
import { keptFrom } from './expire-rejections'
import type { RejectedDeliveries, RejectedGroup, RejectedSample, RejectionReason } from './schemas'
import { otherPrefix } from './tally'

type GroupKey = { source: string; reason: RejectionReason }
/** `hour` is a place among the counted hours; null for all that is older. */
type HourRow = GroupKey & { hour: number | null; count: number; lastSeenAt: string }
type PrefixRow = GroupKey & { prefix: string; count: number }
type SampleRow = Omit<RejectedSample, 'source' | 'prefix'> & { source: string; prefix: string }

const topPrefixesMax = 5

/** What was rejected in the last 7 days: counts for each source and reason, and the newest as examples. */
export async function listRejectedDeliveries(now: Date, db: Database = database()): Promise<RejectedDeliveries> {
  const from = countingWindowStart(now)
  const [hours, prefixes, samples] = await Promise.all([
    readHours(from, keptFrom(now), db),
    readTopPrefixes(from, db),
    readSamples(keptFrom(now), db),
  ])
  return {
    countedFrom: from.toISOString(),
    groups: groupsOf(hours, prefixes).sort((a, b) => b.count - a.count || b.lastSeenAt.localeCompare(a.lastSeenAt)),
    samples: samples.map((row) => ({ ...row, source: row.source || null, prefix: namedPrefix(row.prefix) })),
  }
}

function groupsOf(hours: HourRow[], prefixes: PrefixRow[]): RejectedGroup[] {
  const groups = new Map<string, RejectedGroup>()
  const keyOf = ({ source, reason }: GroupKey) => `${reason} ${source}`
  for (const row of hours) {
    const { source, reason, hour, count, lastSeenAt } = row
    const group = groups.get(keyOf(row)) ?? {
      source: source || null,
      reason,
      count: 0,
      hourlyCounts: Array<number>(countedHours).fill(0),
      lastSeenAt,
      topPrefixes: [],
    }
    groups.set(keyOf(row), group)
    if (lastSeenAt > group.lastSeenAt) group.lastSeenAt = lastSeenAt
    if (hour === null) continue
    group.count += count
    group.hourlyCounts[hour] = count
  }
  for (const row of prefixes) {
    groups.get(keyOf(row))?.topPrefixes.push({ prefix: namedPrefix(row.prefix), count: row.count })
  }
  return [...groups.values()]
}

function namedPrefix(prefix: string): string | null {
  return prefix === otherPrefix ? null : prefix
}

// Index: none; the whole table, which is bounded to a few pages. A replica whose clock is ahead counts in the last hour.
async function readHours(from: Date, keptFrom: Date, db: Database): Promise<HourRow[]> {
  const start = sql`${from.toISOString()}::timestamptz`
  const { rows } = await db.execute<HourRow>(sql`
    select source, reason, sum(count)::float8 as "count", ${isoTime(sql`max(last_seen_at)`)} as "lastSeenAt",
      case when period_start >= ${start}
        then least(extract(epoch from period_start - ${start})::int / 3600, ${countedHours}::int - 1) end as "hour"
    from rejected_deliveries
    where last_seen_at >= ${keptFrom.toISOString()}::timestamptz
    group by source, reason, "hour"`)
  return rows
}

// Index: rejected_deliveries_pkey, from the start of the counted hours.
async function readTopPrefixes(from: Date, db: Database): Promise<PrefixRow[]> {
  const { rows } = await db.execute<PrefixRow>(sql`
    select source, reason, prefix, count
    from (
      select source, reason, prefix, sum(count)::float8 as count,
        row_number() over (partition by source, reason order by sum(count) desc, prefix) as place
      from rejected_deliveries
      where period_start >= ${from.toISOString()}::timestamptz
      group by source, reason, prefix
    ) ranked
    where place <= ${topPrefixesMax}
    order by source, reason, place`)
  return rows
}

// Index: rejected_delivery_samples_pkey.
async function readSamples(keptFrom: Date, db: Database): Promise<SampleRow[]> {
  const { rows } = await db.execute<SampleRow>(sql`
    select ${isoTime(sql`rejected_at`)} as "rejectedAt", source, reason, prefix, path, body_bytes::float8 as "bodyBytes"
    from rejected_delivery_samples
    where rejected_at >= ${keptFrom.toISOString()}::timestamptz
    order by id desc`)
  return rows
}
