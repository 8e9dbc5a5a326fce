import type { Database } from '@/db/client'
import { listRejectedDeliveries } from '@/lib/rejected-deliveries/list-rejected-deliveries'
import { readSources } from './read-sources'
import { noSuchSource, requireSource } from './require-source'
import type { SourceDetail } from './schemas'
import { type EnvironmentSecrets, listSecrets } from './secrets'

/**
 * One source with its secrets and what was rejected of it.
 * @throws AppError `not_found`
 */
export async function getSource(
  db: Database,
  slug: string,
  input: EnvironmentSecrets & { now: Date },
): Promise<SourceDetail> {
  await requireSource(db, slug)
  const rejected = await listRejectedDeliveries(input.now, db)
  const [[source], secrets] = await Promise.all([
    readSources(db, input.now, rejected, slug),
    listSecrets(db, slug, input),
  ])
  if (!source) throw noSuchSource()
  return { source, secrets, rejected: rejected.groups.filter((group) => group.source === slug) }
}
