import { eq, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { llmCallbackResults } from '@/db/schema'
import { presets } from '@/lib/presets/presets'
import { apiKeyId } from '@/lib/sources/api-key'
import { openSecret } from '@/lib/sources/seal'
import { type FetchedResult, fetchResult } from './fetch-result'
import { resultRequest } from './result-request'

type FetchInput = {
  callboardSecret: string
  /** Another way to ask, for tests: the senders' APIs can't be reached there. */
  ask?: typeof fetchResult
}

type Due = {
  id: string
  attempts: number
  eventType: string
  jobId: string
  source: string
  preset: string
  apiKey: Buffer
}

/** At a time: the senders' APIs limit how often they may be asked. */
const atOnceMax = 5
/** Longer than an attempt takes: a process that died meanwhile is not waited for. */
const leaseSeconds = 60
/** From an attempt that failed to the next; after the last one nobody tries any more. */
const pausesSeconds = [5, 15, 60, 300, 900, 3_600, 10_800]

/**
 * Fetches what is due, each by one process at a time.
 * @returns how many there were; as many as it takes at once may mean more.
 */
export async function fetchDueResults(
  db: Database,
  { callboardSecret, ask = fetchResult }: FetchInput,
): Promise<number> {
  const due = await claimDue(db)
  await Promise.all(
    due.map(async (one) => {
      const { source, apiKey: sealed, eventType, jobId } = one
      const apiKey = openSecret(sealed, { callboardSecret, source, secretId: apiKeyId })
      if (apiKey === null) {
        return settle(db, one, { error: 'The API key was sealed under another CALLBOARD_SECRET.', httpStatus: null })
      }
      const lookup = presets.get(one.preset)?.result
      const request = lookup && resultRequest(lookup, { eventType, jobId, apiKey })
      if (!request) return forget(db, one)
      return settle(db, one, await ask(request))
    }),
  )
  return due.length
}

// Index: llm_callback_results_next_attempt_at_idx.
async function claimDue(db: Database): Promise<Due[]> {
  const { rows } = await db.execute<Due>(sql`
    with due as (
      select r.callback_id from llm_callback_results r
      join llm_callbacks c on c.id = r.callback_id join sources s on s.slug = c.source
      where r.state = 'waiting' and r.next_attempt_at <= now() and s.api_key is not null
      order by r.next_attempt_at limit ${atOnceMax}
      for update of r skip locked
    ), claimed as (
      update llm_callback_results r
      set attempts = r.attempts + 1, next_attempt_at = now() + ${leaseSeconds} * interval '1 second'
      from due where r.callback_id = due.callback_id
      returning r.callback_id, r.attempts
    )
    select c.id, claimed.attempts, c.event_type as "eventType", c.external_job_id as "jobId", c.source, s.preset,
      s.api_key as "apiKey"
    from claimed join llm_callbacks c on c.id = claimed.callback_id join sources s on s.slug = c.source`)
  return rows
}

async function settle(db: Database, { id, attempts }: Due, result: FetchedResult): Promise<void> {
  const pause = pausesSeconds[attempts - 1]
  const changes =
    'body' in result
      ? { state: 'fetched', fetchedAt: new Date(), httpStatus: result.httpStatus, body: result.body, error: null }
      : pause === undefined
        ? { state: 'failed', httpStatus: result.httpStatus, error: result.error }
        : {
            httpStatus: result.httpStatus,
            error: result.error,
            nextAttemptAt: sql`now() + ${pause} * interval '1 second'`,
          }
  await db.update(llmCallbackResults).set(changes).where(eq(llmCallbackResults.callbackId, id))
}

/** For this event there is nothing to fetch. */
async function forget(db: Database, { id }: Due): Promise<void> {
  await db.delete(llmCallbackResults).where(eq(llmCallbackResults.callbackId, id))
}
