import type { Database } from '@/db/client'
import { sourceRevision } from '@/db/schema'
import { type LoadInput, loadSources } from './load-sources'
import type { Source, Sources } from './source'

export type SourceDirectory = Sources & {
  /** Makes sure that what `get` knows was true at most a second ago; for a process that may have been frozen in between. */
  refreshIfStale(): Promise<void>
  close(): void
}

type Options = LoadInput & {
  db: Database
  onError: (error: unknown) => void
  pollIntervalMs?: number
}

/** A revoked secret is refused within a second, on every replica. */
const pollIntervalMsUsual = 400
const staleAfterMs = 1_000

/**
 * Knows the sources as they stand in the database: asks for their revision again and again, and reads all where it is another. While
 * the database is away it knows what it knew: nothing can be stored then anyway.
 */
export async function createSourceDirectory(options: Options): Promise<SourceDirectory> {
  const { db, onError, pollIntervalMs = pollIntervalMsUsual } = options
  let known: ReadonlyMap<string, Source> = new Map()
  let knownRevision: number | null = null
  let checkedAt = Number.NEGATIVE_INFINITY
  let checking: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  async function check(): Promise<void> {
    const startedAt = performance.now()
    // Read before the sources: a change in between is seen at the next look.
    const [row] = await db.select({ revision: sourceRevision.revision }).from(sourceRevision)
    const revision = row?.revision ?? null
    if (revision === null || revision !== knownRevision) {
      known = await loadSources(db, options)
      knownRevision = revision
    }
    checkedAt = startedAt
  }

  /** One at a time. */
  function checkOnce(): Promise<void> {
    checking ??= check().finally(() => {
      checking = null
    })
    return checking
  }

  function schedule(): void {
    if (isClosed) return
    timer = setTimeout(() => void checkOnce().catch(onError).finally(schedule), pollIntervalMs).unref()
  }

  await checkOnce()
  schedule()
  return {
    get: (slug) => known.get(slug),
    async refreshIfStale() {
      if (performance.now() - checkedAt > staleAfterMs) await checkOnce()
    },
    close() {
      isClosed = true
      if (timer) clearTimeout(timer)
    },
  }
}
