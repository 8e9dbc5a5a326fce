import type { Database } from '@/db/client'
import { listRejectedDeliveries } from '@/lib/rejected-deliveries/list-rejected-deliveries'
import { readSources } from './read-sources'
import type { SourceItem } from './schemas'

/** Every source with how it fares, by name. */
export async function listSources(db: Database, now: Date): Promise<SourceItem[]> {
  return readSources(db, now, await listRejectedDeliveries(now, db))
}
