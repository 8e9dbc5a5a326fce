import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { llmCallbacks } from '@/db/schema'
import type { LLMCallbackId } from './schemas'

/** The exact bytes that the sender signed; null when there is no such callback. Index: the primary key. */
export async function getCallbackRaw(id: LLMCallbackId, db: Database = database()): Promise<Buffer | null> {
  const [row] = await db.select({ raw: llmCallbacks.raw }).from(llmCallbacks).where(eq(llmCallbacks.id, id))
  return row?.raw ?? null
}
