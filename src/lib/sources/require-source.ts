import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { slugSchema } from './schemas'

type Reader = Pick<Database, 'select'>

/**
 * A source as it stands in the table. What is no slug names none either.
 * @throws AppError `not_found`
 */
export async function requireSource(db: Reader, slug: string): Promise<typeof sources.$inferSelect> {
  const [row] = slugSchema.safeParse(slug).success ? await db.select().from(sources).where(eq(sources.slug, slug)) : []
  if (!row) throw noSuchSource()
  return row
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockSource(tx: Reader, slug: string): Promise<typeof sources.$inferSelect> {
  const [row] = await tx.select().from(sources).where(eq(sources.slug, slug)).for('update')
  if (!row) throw noSuchSource()
  return row
}

export function noSuchSource(): AppError {
  return new AppError('not_found', 'There is no such source.')
}
