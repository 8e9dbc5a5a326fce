import { destination } from 'pino'
import { createDatabase } from '@/db/client'
import type { Environment } from '@/env'
import { consumers } from '@/lib/derived/consumers'
import { followForConsumers } from '@/lib/derived/follow-for-consumers'
import { createLog } from '@/lib/log/create-log'

/**
 * Keeps derived data up with the feed, in the console's process: the one that receives callbacks has nothing to do with it.
 * @returns a function that lets the steps under way end
 */
export function keepDerivedData({ databaseUrl, databaseDirectUrl, logLevel, logFd }: Environment): () => Promise<void> {
  if (!databaseUrl) return async () => {}
  const log = createLog(logLevel, 'console', destination(logFd ?? 1))
  const db = createDatabase(databaseUrl, {
    connectionsMax: consumers.length,
    queryTimeoutMs: 120_000,
    onIdleError: (err) => log.warn({ err }, 'a connection of the followers of the feed was lost'),
  })
  const following = followForConsumers({
    consumers,
    db,
    directUrl: databaseDirectUrl,
    onError: (err, consumer) => log.error({ err, consumer }, 'derived data falls behind; trying again'),
  })
  return async function stop() {
    await following.stop()
    await db.$client.end()
  }
}
