import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { llmCallbackResults, llmCallbacks, sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import { presetOf } from './preset-of'
import { lockSource, noSuchSource } from './require-source'
import { secretTextSchema } from './schemas'
import { sealSecret } from './seal'

/** What an API key is sealed for, beside its source. */
export const apiKeyId = 'api key'

/** It goes into a header: whatever else it held, an error about that would quote it. */
const apiKeySchema = secretTextSchema.regex(/^[\x21-\x7e]+$/, 'An API key has no blanks, and nothing beyond ASCII.')

/**
 * Sets the key with which the results are fetched that a sender does not send: of what is received from now on, and of what could not be
 * fetched before.
 * @throws AppError `not_found`; `invalid_request` where this sender keeps no results
 */
export async function setApiKey(
  db: Database,
  callboardSecret: string,
  input: { source: string; key: string; now: Date },
): Promise<void> {
  const { source, now } = input
  const key = parseInput(apiKeySchema, input.key)
  await db.transaction(async (tx) => {
    const row = await lockSource(tx, source)
    const preset = presetOf(row.preset)
    if (!preset.result)
      throw new AppError('invalid_request', `${preset.name} sends its results: there is nothing to fetch.`)
    const apiKey = sealSecret(key, { callboardSecret, source, secretId: apiKeyId })
    await tx
      .update(sources)
      .set({ apiKey, apiKeySince: row.apiKeySince ?? now })
      .where(eq(sources.slug, source))
    await tx
      .update(llmCallbackResults)
      .set({ state: 'waiting', attempts: 0, nextAttemptAt: now })
      .where(and(eq(llmCallbackResults.state, 'failed'), isOf(source)))
  })
}

/** Ends that: what was fetched stays, and what was not is no longer waited for. @throws AppError `not_found` */
export async function removeApiKey(db: Database, source: string): Promise<void> {
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(sources)
      .set({ apiKey: null, apiKeySince: null })
      .where(eq(sources.slug, source))
      .returning({ slug: sources.slug })
    if (changed.length === 0) throw noSuchSource()
    await tx.delete(llmCallbackResults).where(and(eq(llmCallbackResults.state, 'waiting'), isOf(source)))
  })
}

/** Index: the primary key of the callbacks, once for each result. */
const isOf = (source: string) => sql`exists (
  select from ${llmCallbacks}
  where ${llmCallbacks.id} = ${llmCallbackResults.callbackId} and ${llmCallbacks.source} = ${source})`
