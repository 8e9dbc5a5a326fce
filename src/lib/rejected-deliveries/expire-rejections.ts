import type { Database } from '@/db/client'
import { rejectionsLockKey } from './record-rejections'

const dayMs = 86_400_000
const keptMs = 7 * dayMs
/** What the doctor looks at has bodies in it, sealed as they are. */
const capturesKeptMs = dayMs

/** Nothing that was last seen before this is shown or kept any more: 7 days. */
export function keptFrom(now: Date): Date {
  return new Date(now.getTime() - keptMs)
}

/** Index: none; the tables are bounded to a few pages. The turn is that of recordRejections: one writer at a time. */
const expireSql = `
with turn as materialized (
  select pg_try_advisory_xact_lock(${rejectionsLockKey}) as mine
), expired as (
  delete from rejected_deliveries using turn where turn.mine and last_seen_at < $1::timestamptz
), expired_samples as (
  delete from rejected_delivery_samples using turn where turn.mine and rejected_at < $1::timestamptz
), expired_captures as (
  delete from rejected_delivery_captures using turn where turn.mine and received_at < $2::timestamptz
)
select mine from turn`

/**
 * Deletes what is older than 7 days, and of what is kept for the doctor what is older than one.
 * @returns false when another replica is writing at this moment: nothing was done.
 */
export async function expireRejections(db: Database, now: Date): Promise<boolean> {
  const result = await db.$client.query<{ mine: boolean }>(expireSql, [
    keptFrom(now),
    new Date(now.getTime() - capturesKeptMs),
  ])
  return result.rows[0]?.mine === true
}
