import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

/** What may be tried how often: at most `triesMax` times in a window of `windowMs` that begins with the first. */
export type TriesLimit = { key: string; triesMax: number; windowMs: number }

const removedAtOnceMax = 500

/**
 * Takes one try, or refuses it. One statement decides, by the database's clock, so neither tries at the same moment nor
 * replicas get more than the limit.
 *
 * @returns null where the try may be made, else how many seconds to wait
 */
export async function takeTry(db: Database, { key, triesMax, windowMs }: TriesLimit): Promise<number | null> {
  const { rows } = await db.execute<{ tries: number }>(sql`
    insert into auth_tries as t (key, tries, resets_at)
    values (${key}, 1, now() + ${windowMs} * interval '1 millisecond')
    on conflict (key) do update set
      tries = case when t.resets_at <= now() then 1 else t.tries + 1 end,
      resets_at = case when t.resets_at <= now() then excluded.resets_at else t.resets_at end
    where t.resets_at <= now() or t.tries < ${triesMax}
    returning tries`)
  if (rows[0]?.tries === 1) await removeOver(db)
  return rows.length > 0 ? null : secondsLeft(db, key)
}

/** Gives back a try that turned out to be no guess. */
export async function returnTry(db: Database, key: string): Promise<void> {
  await db.execute(sql`update auth_tries set tries = tries - 1 where key = ${key} and tries > 0`)
}

async function secondsLeft(db: Database, key: string): Promise<number> {
  const { rows } = await db.execute<{ seconds: number }>(
    sql`select ceil(extract(epoch from resets_at - now()))::int as seconds from auth_tries where key = ${key}`,
  )
  return Math.max(1, rows[0]?.seconds ?? 1)
}

/** Removes windows that are over. A statement of its own that waits for no row: another one's try must not meet a deadlock. */
async function removeOver(db: Database): Promise<void> {
  await db.execute(sql`
    delete from auth_tries where key in (
      select key from auth_tries where resets_at < now() limit ${removedAtOnceMax} for update skip locked
    )`)
}
