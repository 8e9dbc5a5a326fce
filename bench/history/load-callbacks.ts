import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { insertCallbacks } from '@/lib/llm-callbacks/receive/insert-callbacks'
import { readCallback } from '@/lib/llm-callbacks/receive/read-callback'
import { native } from '@/lib/presets/native'
import { bodyOf, rareSources, seededRandom, type TextLength } from './believable'
import { copyCallbacks } from './copy-callbacks'

const batchRows = 1_000
const secretId = randomUUID()

type Load = {
  rows: number
  textLength?: TextLength
  /** How many of them are stored as described; the rest are copies, which PostgreSQL makes in a fraction of the time. */
  originals?: number
  onProgress: (loaded: number) => void
}

/**
 * Stores callbacks through the code that reads and stores deliveries, spread evenly over the last 30 days. What it leaves out
 * is HTTP and the signature.
 */
export async function loadCallbacks(db: Database, load: Load): Promise<void> {
  const { rows, textLength = [500, 1_500], onProgress } = load
  const originals = Math.min(load.originals ?? rows, rows)
  const random = seededRandom(1)
  await spreadOver30Days(db, rows)
  let pending: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < originals; from += batchRows) {
    const batch = Array.from({ length: Math.min(batchRows, originals - from) }, (_, index) =>
      callbackOf(from + index, random, textLength),
    )
    await pending
    pending = insertCallbacks(db.$client, batch)
    // Until it is on its way; PostgreSQL stores a batch while the next one is made.
    await sleep(1)
    onProgress(from + batch.length)
  }
  await pending
  if (originals < rows) await copyCallbacks(db, { from: originals, to: rows, onProgress })
  await db.execute(sql`alter table llm_callbacks alter column created_at set default now()`)
}

/** Until told otherwise, a new row is as old as its place among them makes it. */
async function spreadOver30Days(db: Database, rows: number): Promise<void> {
  const begin = new Date(Date.now() - 30 * 86_400_000).toISOString()
  await db.execute(
    sql.raw(`alter table llm_callbacks alter column created_at set default
      '${begin}'::timestamptz + currval('llm_callbacks_seq_seq') * interval '${2_592_000 / rows} seconds'`),
  )
}

function callbackOf(n: number, random: () => number, textLength: TextLength) {
  const raw = Buffer.from(bodyOf(n, random, textLength))
  const source = random() < 0.97 ? 'llm-callback' : (rareSources[n % rareSources.length] as string)
  const signature = { header: '', scheme: 'hmac-sha256-hex', secretId, messageId: null, isBodySigned: true }
  // The time of the body, so that it is not all clock skew.
  const receivedAt = new Date(1_760_000_000_000 + n * 2_592)
  return readCallback({ raw, contentEncoding: null, source, preset: native, receivedAt, signature }).callback
}
