import type { Logger } from 'pino'
import type { EmbeddedPostgres } from './postgres/embedded-postgres'

const checkIntervalMs = 250

/** Starts the embedded PostgreSQL again whenever it has died. Returns what ends the watch. */
export function keepPostgresRunning(postgres: EmbeddedPostgres, log: Logger): () => Promise<void> {
  let check: Promise<void> = Promise.resolve()
  let isChecking = false
  const timer = setInterval(() => {
    if (isChecking) return
    isChecking = true
    check = postgres
      .ensureRunning()
      .catch((err) => log.error({ err }, 'PostgreSQL could not be started again'))
      .finally(() => {
        isChecking = false
      })
  }, checkIntervalMs)
  return async () => {
    clearInterval(timer)
    await check
  }
}
