import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '@/db/client'
import { llmCallbackResults } from '@/db/schema'
import type { LLMCallbackId } from '@/lib/llm-callbacks/schemas'

/** What was fetched for a callback, or why it was not. The sender did not sign it. */
export const resultSchema = z.object({
  state: z.enum(['waiting', 'fetched', 'failed']),
  attempts: z.number().int(),
  fetchedAt: z.iso.datetime().nullable(),
  httpStatus: z.number().int().nullable(),
  error: z.string().nullable(),
  /** The answer as text; null while there is none. */
  text: z.string().nullable(),
})
export type Result = z.infer<typeof resultSchema>

/** Null where nothing is to be fetched for it. */
export async function getResult(id: LLMCallbackId, db: Database): Promise<Result | null> {
  const [row] = await db.select().from(llmCallbackResults).where(eq(llmCallbackResults.callbackId, id))
  if (!row) return null
  const { attempts, httpStatus, error } = row
  return {
    state: row.state as Result['state'],
    attempts,
    fetchedAt: row.fetchedAt?.toISOString() ?? null,
    httpStatus,
    error,
    text: row.body?.toString('utf8') ?? null,
  }
}
