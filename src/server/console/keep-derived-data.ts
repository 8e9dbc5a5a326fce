import { destination } from 'pino'
import { createDatabase } from '@/db/client'
import type { Environment } from '@/env'
import { consumers } from '@/lib/derived/consumers'
import { followForConsumers } from '@/lib/derived/follow-for-consumers'
import { createLog } from '@/lib/log/create-log'
import { keepFetching } from '@/lib/results/keep-fetching'

/**
 * Keeps derived data up with the feed, and fetches results, in the console's process: the one that receives callbacks has nothing to do with it.
 * @returns a function that lets the steps under way end
 */
export function keepDerivedData(environment: Environment): () => Promise<void> {
  const { databaseUrl, databaseDirectUrl, callboardSecret, logLevel, logFd } = environment
  if (!databaseUrl) return async () => {}
  const log = createLog(logLevel, 'console', destination(logFd ?? 1))
  const db = createDatabase(databaseUrl, {
    // One for each, and one for fetching results.
    connectionsMax: consumers.length + 1,
    queryTimeoutMs: 120_000,
    onIdleError: (err) => log.warn({ err }, 'a connection of the followers of the feed was lost'),
  })
  const following = followForConsumers({
    consumers,
    db,
    directUrl: databaseDirectUrl,
    onError: (err, consumer) => log.error({ err, consumer }, 'derived data falls behind; trying again'),
  })
  const onError = (err: unknown) => log.error({ err }, 'results can’t be fetched; trying again')
  const stopFetching = callboardSecret ? keepFetching({ db, callboardSecret, onError }) : async () => {}
  return async function stop() {
    await Promise.all([following.stop(), stopFetching()])
    await db.$client.end()
  }
}
