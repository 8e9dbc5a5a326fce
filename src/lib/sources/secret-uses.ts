import type { Database } from '@/db/client'

export type SecretUses = {
  /** Counts one use. Constant time, never waits, never fails; the database learns of it within a second or so. */
  count(secretId: string, at: Date): void
  /** Writes what is counted, once. */
  close(): Promise<void>
}

/** In the order of their ids, so that two replicas can't deadlock. A secret that is gone is left out. */
const writeSql = `
insert into source_secret_uses as known (secret_id, uses, last_used_at)
select used.id, used.uses, used.last_used_at
from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as used (id, uses, last_used_at)
join source_secrets s on s.id = used.id
order by used.id
on conflict (secret_id) do update
set uses = known.uses + excluded.uses, last_used_at = greatest(known.last_used_at, excluded.last_used_at)`

const writeAfterMs = 1_000

/**
 * Counts what each secret is used for, apart from recording callbacks: a count must not cost an acknowledgement anything. What can't be
 * written is kept for the next time; what a killed process had not written is lost.
 */
export function createSecretUses({ db, onError }: { db: Database; onError: (error: unknown) => void }): SecretUses {
  let counted = new Map<string, { uses: number; lastUsedAt: Date }>()
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  function add(id: string, uses: number, lastUsedAt: Date): void {
    const known = counted.get(id)
    if (!known) {
      counted.set(id, { uses, lastUsedAt })
      return
    }
    known.uses += uses
    known.lastUsedAt = later(known.lastUsedAt, lastUsedAt)
  }

  function schedule(): void {
    if (timer || isClosed) return
    timer = setTimeout(async () => {
      await write()
      timer = null
      if (counted.size > 0) schedule()
    }, writeAfterMs).unref()
  }

  async function write(): Promise<void> {
    if (counted.size === 0) return
    const batch = [...counted]
    counted = new Map()
    try {
      const values = [
        batch.map(([id]) => id),
        batch.map(([, { uses }]) => uses),
        batch.map(([, { lastUsedAt }]) => lastUsedAt),
      ]
      await db.$client.query(writeSql, values)
    } catch (error) {
      for (const [id, { uses, lastUsedAt }] of batch) add(id, uses, lastUsedAt)
      onError(error)
    }
  }

  return {
    count(secretId, at) {
      add(secretId, 1, at)
      schedule()
    },
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      await write()
    },
  }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
