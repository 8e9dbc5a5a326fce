import type { Database } from '@/db/client'

const patienceMs = 1_000

/**
 * Tells whether a callback could be stored right now: the database answers within a second, and takes writes. Callers at
 * the same time share one question, so that nobody can fill the pool by asking.
 */
export function readinessOf(db: Database): () => Promise<boolean> {
  let asking: Promise<boolean> | null = null
  return () => {
    asking ??= ask(db).finally(() => {
      asking = null
    })
    return asking
  }
}

async function ask(db: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const answer = db.$client
    .query<{ writable: boolean }>(
      "select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writable",
    )
    .then((result) => result.rows[0]?.writable === true)
    .catch(() => false)
  const isReady = await Promise.race([answer, tooLate])
  clearTimeout(timer)
  return isReady
}
