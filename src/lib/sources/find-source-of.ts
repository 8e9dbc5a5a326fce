import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { presetOf } from './preset-of'

/**
 * The slug of the first source that has a preset and is not paused.
 * @throws AppError `invalid_request` where there is no such preset; `not_found` where no source has it
 */
export async function findSourceOf(db: Database, presetId: string): Promise<string> {
  const { id, name } = presetOf(presetId)
  const [source] = await db
    .select({ slug: sources.slug })
    .from(sources)
    .where(and(eq(sources.preset, id), eq(sources.enabled, true)))
    .orderBy(asc(sources.createdAt), asc(sources.slug))
    .limit(1)
  if (source) return source.slug
  throw new AppError(
    'not_found',
    `No source is of the kind “${name}”. Make one: callboard source add <slug> --preset ${id}`,
  )
}
