import type { Logger } from 'pino'
import { throttle } from '@/lib/log/throttle'
import type { EmbeddedPostgres } from './postgres/embedded-postgres'

const checkIntervalMs = 250
const errorIntervalMs = 10_000

/** Starts the embedded PostgreSQL again whenever it has died. Returns what ends the watch. */
export function keepPostgresRunning(postgres: EmbeddedPostgres, log: Logger): () => Promise<void> {
  let check: Promise<void> = Promise.resolve()
  let isChecking = false
  const report = throttle(errorIntervalMs, (suppressed, err: unknown) => {
    log.error({ err, suppressed }, 'PostgreSQL could not be started again')
  })
  const timer = setInterval(() => {
    if (isChecking) return
    isChecking = true
    check = postgres
      .ensureRunning()
      .catch(report)
      .finally(() => {
        isChecking = false
      })
  }, checkIntervalMs)
  return async () => {
    clearInterval(timer)
    await check
  }
}
