import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { fetchDueResults } from './fetch-due-results'

type Options = { db: Database; callboardSecret: string; onError: (error: unknown) => void }

const lookEveryMs = 2_000
const restAfterErrorMs = 30_000

/** Fetches results as they become due. Any number of processes may. @returns a function that lets what is under way end */
export function keepFetching({ db, callboardSecret, onError }: Options): () => Promise<void> {
  const stopping = new AbortController()
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => {})

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await fetchDueResults(db, { callboardSecret })) === 0) await pause(lookEveryMs)
      } catch (error) {
        onError(error)
        await pause(restAfterErrorMs)
      }
    }
  }

  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
