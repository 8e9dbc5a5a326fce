import type { Logger } from 'pino'
import { createDatabase, type Database } from '@/db/client'
import { throttle } from '@/lib/log/throttle'
import { createRejectionCounter } from '@/lib/rejected-deliveries/rejection-counter'
import { loadSources } from '@/lib/sources/load-sources'
import type { InsertOptions } from './insert-callbacks'
import { createIntake } from './intake'
import type { ReceiveContext } from './receive-callback'
import { createRecorder } from './recorder'

const connectionsMax = 6
const connectTimeoutMs = 5_000
/** Kept: where callbacks are rare and the database is far, a new connection for each would take longer than its answer may. */
const idleTimeoutMs = 0
/** A statement of a batch that takes longer is given up with its connection: the server may be frozen or gone. */
const queryTimeoutMs = 5_000
/**
 * One plan for batches of any size: PostgreSQL would compare it with one made for each, and make that each time. It is kept while
 * tables grow from nothing, so it must not be one that reads them whole.
 */
const directSettings = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }
/** Twice the longest body that MAX_BODY_BYTES may allow: one client may hold half of it. */
const bodiesBytesMax = 64 * 1024 * 1024
const requestsMax = 4_096
const errorLogIntervalMs = 10_000

type ReceiverSettings = InsertOptions & {
  webhookSecrets: readonly string[]
  callboardSecret: string
  bodyBytesMax: number
}

/** Opens the pool that callbacks are recorded through: of its own, so that no page can use up its connections. */
export function openIngestDatabase(url: string, log: Logger, { isDirect = false }: InsertOptions = {}): Database {
  const onIdleError = throttle(errorLogIntervalMs, (suppressed, err: Error) => {
    log.warn({ err, suppressed }, 'a database connection was lost')
  })
  const settings = isDirect ? directSettings : {}
  return createDatabase(url, { connectionsMax, connectTimeoutMs, idleTimeoutMs, queryTimeoutMs, settings, onIdleError })
}

/** Puts together what `receiveCallback` needs, for the front door and the Next routes alike. */
export async function createReceiver(db: Database, settings: ReceiverSettings, log: Logger): Promise<ReceiveContext> {
  for (const secret of settings.webhookSecrets) {
    if (Buffer.byteLength(secret) < 32) log.warn('a secret in LLM_WEBHOOK_SECRET has fewer than 32 bytes')
  }
  return {
    sources: await loadSources(db, settings),
    recorder: createRecorder({
      db,
      isDirect: settings.isDirect,
      onError: throttle(errorLogIntervalMs, (suppressed, err: unknown, rows: number) => {
        log.error({ err, rows, suppressed }, 'a batch could not be stored')
      }),
    }),
    rejections: createRejectionCounter({
      db,
      onError: throttle(errorLogIntervalMs, (suppressed, err: unknown) => {
        log.error({ err, suppressed }, 'rejected deliveries are counted in memory: they could not be written')
      }),
    }),
    intake: createIntake({ requestsMax, bytesMax: bodiesBytesMax }),
    bodyBytesMax: settings.bodyBytesMax,
    now: () => new Date(),
    onUnexpected: (err, ref) => log.error({ err, ref }, 'a webhook failed unexpectedly'),
  }
}
