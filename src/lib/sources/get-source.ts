import type { Database } from '@/db/client'
import { listRejectedDeliveries } from '@/lib/rejected-deliveries/list-rejected-deliveries'
import { noSuchSource } from './change-source'
import { listSources } from './list-sources'
import type { SourceDetail } from './schemas'
import { listSecrets } from './secrets'

/**
 * One source with its secrets and what was rejected of it.
 * @throws AppError `not_found`
 */
export async function getSource(db: Database, slug: string, now: Date): Promise<SourceDetail> {
  const [sources, secrets, rejected] = await Promise.all([
    listSources(db, now),
    listSecrets(db, slug),
    listRejectedDeliveries(now, db),
  ])
  const source = sources.find((one) => one.slug === slug)
  if (!source) throw noSuchSource()
  return { source, secrets, rejected: rejected.groups.filter((group) => group.source === slug) }
}
