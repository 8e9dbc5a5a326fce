import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { markCallbacksAsViewed } from './mark-callbacks-as-viewed'
import type { LLMCallbackId } from './schemas'

/**
 * Notes that this admin has opened a callback; an id that does not exist is a no-op.
 * @returns whether the callback was unviewed until now
 */
export async function markCallbackAsViewed(
  callbackId: LLMCallbackId,
  userId: string,
  db: Database = database(),
): Promise<boolean> {
  return (await markCallbacksAsViewed([callbackId], userId, db)).length > 0
}
