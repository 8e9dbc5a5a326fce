import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import { noSuchSource } from './require-source'
import { type SourceChanges, sourceChangesSchema } from './schemas'
import { builtInSlug } from './source'

/**
 * Renames a source, pauses it (its URL answers 404 within a second) or lets it go on, or gives it other settings.
 * @throws AppError `invalid_request`; `not_found`
 */
export async function changeSource(db: Database, slug: string, input: SourceChanges): Promise<void> {
  const changes = parseInput(sourceChangesSchema, input)
  const changed = await db
    .update(sources)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(sources.slug, slug))
    .returning({ slug: sources.slug })
  if (changed.length === 0) throw noSuchSource()
}

/**
 * Ends a source and its secrets: its URL answers 404 within a second. Its callbacks stay.
 * @throws AppError `not_found`; `invalid_request` for the one that every Callboard has
 */
export async function deleteSource(db: Database, slug: string): Promise<void> {
  if (slug === builtInSlug) throw new AppError('invalid_request', 'The built-in source can be paused but not deleted.')
  const deleted = await db.delete(sources).where(eq(sources.slug, slug)).returning({ slug: sources.slug })
  if (deleted.length === 0) throw noSuchSource()
}
