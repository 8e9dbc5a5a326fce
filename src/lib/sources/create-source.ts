import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import { presetOf } from './preset-of'
import { type NewSource, newSourceSchema } from './schemas'

/**
 * Makes a source. It has no secret yet, and so refuses everything until it gets one.
 * @throws AppError `invalid_request`; `slug_taken`
 */
export async function createSource(db: Database, input: NewSource): Promise<void> {
  const source = parseInput(newSourceSchema, input)
  presetOf(source.preset)
  const made = await db.insert(sources).values(source).onConflictDoNothing().returning({ slug: sources.slug })
  if (made.length === 0) throw new AppError('slug_taken', `There is a source “${source.slug}” already.`)
}
