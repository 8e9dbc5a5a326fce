import type { Logger } from 'pino'
import { createDatabase, type Database } from '@/db/client'
import { throttle } from '@/lib/log/throttle'
import { createRejectionCounter } from '@/lib/rejected-deliveries/rejection-counter'
import { createCapture } from '@/lib/sources/doctor/captures'
import { createPublishedKeys } from '@/lib/sources/published-keys'
import { createSecretUses } from '@/lib/sources/secret-uses'
import { webhookUrlOf } from '@/lib/sources/source'
import { createSourceDirectory, type SourceDirectory } from '@/lib/sources/source-directory'
import { withTestKey } from '@/lib/sources/test-key'
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
  /** Origin under which senders reach us; it may not be known before the port is. */
  publicUrl: () => string
}

/** What `receiveCallback` needs, and its end. */
export type Receiver = ReceiveContext & {
  sources: SourceDirectory
  /** Writes what is only counted so far, for at most a second, and follows the sources no more. */
  close(): Promise<void>
}

/** Opens the pool that callbacks are recorded through: of its own, so that no page can use up its connections. */
export function openIngestDatabase(url: string, log: Logger, { isDirect = false }: InsertOptions = {}): Database {
  const onIdleError = throttle(errorLogIntervalMs, (suppressed, err: Error) => {
    log.warn({ err, suppressed }, 'a database connection was lost')
  })
  const timeouts = { connectTimeoutMs, idleTimeoutMs, queryTimeoutMs }
  const direct = isDirect ? { settings: directSettings, isPipelined: true } : {}
  return createDatabase(url, { connectionsMax, ...timeouts, ...direct, onIdleError })
}

/** Puts together what `receiveCallback` needs, for the front door and the Next routes alike. */
export async function createReceiver(db: Database, settings: ReceiverSettings, log: Logger): Promise<Receiver> {
  for (const secret of settings.webhookSecrets) {
    if (Buffer.byteLength(secret) < 32) log.warn('a secret in LLM_WEBHOOK_SECRET has fewer than 32 bytes')
  }
  const logLater = (message: string) =>
    throttle(errorLogIntervalMs, (suppressed, err: unknown) => log.error({ err, suppressed }, message))
  const publishedKeys = createPublishedKeys({
    onError: throttle(errorLogIntervalMs, (suppressed, err: unknown, jwksUrl: string) => {
      log.error({ err, jwksUrl, suppressed }, 'the public keys of a sender could not be fetched')
    }),
  })
  const sources = await createSourceDirectory({
    db,
    webhookSecrets: settings.webhookSecrets,
    callboardSecret: settings.callboardSecret,
    webhookUrl: (slug) => webhookUrlOf(settings.publicUrl(), slug),
    publishedKeys: withTestKey(publishedKeys.get, settings.callboardSecret),
    onProblem: (problem, message) => log.error(problem, message),
    onError: logLater('the sources could not be read: they stay as they were'),
  })
  const uses = createSecretUses({ db, onError: logLater('the uses of secrets could not be written') })
  const rejections = createRejectionCounter({
    db,
    onError: logLater('rejected deliveries are counted in memory: they could not be written'),
  })
  return {
    sources,
    recorder: createRecorder({
      db,
      isDirect: settings.isDirect,
      onError: throttle(errorLogIntervalMs, (suppressed, err: unknown, rows: number) => {
        log.error({ err, rows, suppressed }, 'a batch could not be stored')
      }),
    }),
    rejections,
    intake: createIntake({ requestsMax, bytesMax: bodiesBytesMax }),
    bodyBytesMax: settings.bodyBytesMax,
    now: () => new Date(),
    onVerified({ secretId }, at) {
      if (secretId !== null) uses.count(secretId, at)
    },
    onMismatch: publishedKeys.refreshSoon,
    capture: createCapture({
      db,
      callboardSecret: settings.callboardSecret,
      onError: logLater('a refused delivery could not be kept for the doctor'),
    }),
    onUnexpected: (err, ref) => log.error({ err, ref }, 'a webhook failed unexpectedly'),
    async close() {
      sources.close()
      publishedKeys.close()
      await Promise.all([rejections.close(), uses.close()])
    },
  }
}
