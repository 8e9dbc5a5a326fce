import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import { noSuchSource } from '../require-source'
import { clearCaptures } from './captures'

const debugMs = 15 * 60_000

/**
 * Keeps what a source refuses for 15 minutes from now, sealed; what was kept before is deleted.
 * @returns until when
 * @throws AppError `not_found`
 */
export async function startDebugging(db: Database, slug: string, now: Date): Promise<Date> {
  const debugUntil = new Date(now.getTime() + debugMs)
  await setDebugUntil(db, slug, debugUntil)
  await clearCaptures(db, slug)
  return debugUntil
}

/** Stops that, and deletes what was kept. @throws AppError `not_found` */
export async function stopDebugging(db: Database, slug: string): Promise<void> {
  await setDebugUntil(db, slug, null)
  await clearCaptures(db, slug)
}

async function setDebugUntil(db: Database, slug: string, debugUntil: Date | null): Promise<void> {
  const changed = await db
    .update(sources)
    .set({ debugUntil })
    .where(eq(sources.slug, slug))
    .returning({ slug: sources.slug })
  if (changed.length === 0) throw noSuchSource()
}
