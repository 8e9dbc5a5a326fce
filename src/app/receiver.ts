import { setTimeout as sleep } from 'node:timers/promises'
import { getRuntime } from '@/app/runtime'
import { checkDatabase } from '@/db/check-database'
import { EnvironmentError } from '@/env'
import { createReceiver, openIngestDatabase, type Receiver } from '@/lib/llm-callbacks/receive/create-receiver'
import { answerPatienceMs } from '@/lib/llm-callbacks/receive/recorder'

const memo: { callboardReceiver?: Promise<Receiver> } = globalThis as typeof globalThis & {
  callboardReceiver?: Promise<Receiver>
}

/**
 * What the webhook routes receive with, for deployments without the front door. Made at the first webhook.
 * @throws Error when it can't be opened within 0.75 s: the sender is to hear of it within a second. Opening goes on.
 */
export async function getReceiver(): Promise<Receiver> {
  memo.callboardReceiver ??= openReceiver().catch((error) => {
    // The database may be there for the next one.
    memo.callboardReceiver = undefined
    throw error
  })
  const receiver = await Promise.race([upToDate(memo.callboardReceiver), sleep(answerPatienceMs, null, { ref: false })])
  if (!receiver) throw new Error(`the database was not ready within ${answerPatienceMs} ms`)
  return receiver
}

/** Between two requests a process like this may be frozen, its timers with it. Where it can't ask, it can't store anything either. */
async function upToDate(opening: Promise<Receiver>): Promise<Receiver> {
  const receiver = await opening
  await receiver.sources.refreshIfStale()
  return receiver
}

async function openReceiver(): Promise<Receiver> {
  const { environment, log } = getRuntime()
  const { databaseUrl, webhookSecrets, callboardSecret, bodyBytesMax, acceptsAsynchronousCommit } = environment
  if (!databaseUrl || !webhookSecrets || !callboardSecret) {
    throw new EnvironmentError('DATABASE_URL, LLM_WEBHOOK_SECRET and CALLBOARD_SECRET are needed to receive webhooks')
  }
  const db = openIngestDatabase(databaseUrl, log)
  for (const warning of await checkDatabase(db, { isEmbedded: false, acceptsAsynchronousCommit })) log.warn(warning)
  const publicUrl = () => environment.publicUrl ?? `http://localhost:${environment.port}`
  return createReceiver(db, { webhookSecrets, callboardSecret, bodyBytesMax, publicUrl }, log)
}
