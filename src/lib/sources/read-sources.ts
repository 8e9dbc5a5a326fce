import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { isoTime } from '@/db/iso-time'
import { rangeShapes } from '@/lib/overview/ranges'
import type { RejectedDeliveries } from '@/lib/rejected-deliveries/schemas'
import type { SourceItem } from './schemas'
import { sourceSettingsSchema } from './source-settings'

const hours = 24
const hourMs = 3_600_000

type Row = Omit<SourceItem, 'hourlyCounts' | 'rejected24h' | 'settings'> & { settings: unknown }

/** The sources with how they fare, by name: all, or the one that is named. */
export async function readSources(
  db: Database,
  now: Date,
  { groups }: RejectedDeliveries,
  slug: string | null = null,
): Promise<SourceItem[]> {
  const [rows, counts] = await Promise.all([readRows(db, slug), readCounts(db, now)])
  return rows.map((row) => ({
    ...row,
    settings: sourceSettingsSchema.catch({}).parse(row.settings),
    hourlyCounts: Array.from(
      { length: hours },
      (_, hour) => counts.find((one) => one.source === row.slug && one.hour === hour)?.callbacks ?? 0,
    ),
    rejected24h: groups.filter(({ source }) => source === row.slug).reduce((sum, { count }) => sum + count, 0),
  }))
}

// Index: llm_callbacks_source_seq_idx, once for each source.
async function readRows(db: Database, slug: string | null): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    select s.slug, s.name, s.preset, s.enabled, s.settings, s.api_key is not null as "hasApiKey", ${isoTime(sql`s.created_at`)} as "createdAt",
      ${isoTime(sql`case when s.debug_until > now() then s.debug_until end`)} as "debugUntil",
      ${isoTime(sql`newest.received_at`)} as "lastReceivedAt", coalesce(newest.duplicates, 0)::float8 as duplicates,
      newest.lag_ms::float8 as "lagP50Ms"
    from sources s
    left join lateral (
      select max(c.created_at) as received_at, sum(c.delivery_count - 1) as duplicates,
        percentile_cont(0.5) within group (order by extract(epoch from c.created_at - c.event_time) * 1000) as lag_ms
      from (
        select created_at, delivery_count, event_time from llm_callbacks
        where source = s.slug order by seq desc limit 200
      ) c
    ) newest on true
    where ${slug}::text is null or s.slug = ${slug}
    order by s.name, s.slug`)
  return rows
}

type HourRow = { source: string; hour: number; callbacks: number }

// Index: llm_callback_rollups_bucket_seconds_starts_at_..._key, the buckets of half an hour alone.
async function readCounts(db: Database, now: Date): Promise<HourRow[]> {
  const from = new Date(Math.floor(now.getTime() / hourMs) * hourMs - (hours - 1) * hourMs).toISOString()
  const { rows } = await db.execute<HourRow>(sql`
    select source, (extract(epoch from starts_at - ${from}::timestamptz)::int / 3600) as hour, sum(callbacks)::float8 as callbacks
    from llm_callback_rollups
    where bucket_seconds = ${rangeShapes['24h'].bucketSeconds} and starts_at >= ${from}::timestamptz
    group by source, hour`)
  return rows
}
