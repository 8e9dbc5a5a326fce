import type { Database } from '@/db/client'
import { database } from '@/db/database'
import type { NewLLMCallback } from './receive/new-callback'
import { createRecorder, type Recorded } from './receive/recorder'

/**
 * Records one callback by itself and commits it: for code that has a verified delivery in hand and no queue of others.
 * @throws AppError `unavailable` when it can't be proven to be stored.
 */
export function createLLMCallback(data: NewLLMCallback, db: Database = database()): Promise<Recorded> {
  // A failure travels with the rejection, as its cause.
  return createRecorder({ db, onError: () => {} }).record(data)
}
