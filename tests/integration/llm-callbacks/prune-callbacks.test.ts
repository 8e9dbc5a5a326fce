import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrateUp } from '@/db/migrate'
import { llmCallbackHandled, llmCallbackUnviewed, llmCallbackViews } from '@/db/schema'
import { followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { countPrunable, pruneCallbacks } from '@/lib/llm-callbacks/prune-callbacks'
import { createRecorder } from '@/lib/llm-callbacks/receive/recorder'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { clearRows, readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { insertCallback } from '../../support/insert-callback'
import { nativeCallback } from '../../support/native-callback'
import { senderTime, signed, step, verdict } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const dayMs = 86_400_000
const admin = randomUUID()
let database: TestDatabase
let server: FrontDoor

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startFrontDoor(database.url)
})
beforeEach(async () => {
  await clearRows(database.db)
  await database.db.execute(sql`truncate llm_callback_tombstones`)
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

async function post(body: Uint8Array | string) {
  const answer = await server.send(signed(body))
  return { ...jsonOf(answer), status: answer.status }
}

/** Everything stored by now was received this many days ago. */
const age = (days: number) =>
  database.db.execute(sql`update llm_callbacks set created_at = created_at - ${days} * interval '1 day'`)
const prune = (olderThanMs = dayMs, batchRowsMax = 500) => pruneCallbacks(database.db, { olderThanMs, batchRowsMax })
const tombstones = async () =>
  (await database.db.execute<{ id: string }>(sql`select id from llm_callback_tombstones`)).rows

/** Does its work while another session holds a lock, and lets go of it whatever happens. */
async function whileBlocked<T>(lock: string, work: (blocker: pg.Client) => Promise<T>): Promise<T> {
  const blocker = new pg.Client({ connectionString: database.url })
  await blocker.connect()
  try {
    await blocker.query(`begin; ${lock}`)
    return await work(blocker)
  } finally {
    await blocker.end()
  }
}

describe('what is deleted', () => {
  test('callbacks received before the time given, with who viewed them, and no other', async () => {
    const old = await insertCallback(database.db)
    await database.db.execute(
      sql`insert into llm_callback_views (callback_id, admin_user_id, seq) values (${old.id}, ${admin}, ${old.seq})`,
    )
    await database.db.insert(llmCallbackUnviewed).values({ callbackId: old.id, adminUserId: admin, seq: old.seq })
    await database.db.insert(llmCallbackHandled).values({ callbackId: old.id, adminUserId: admin, seq: old.seq })
    await age(31)
    const young = await insertCallback(database.db)
    expect(await countPrunable(database.db, 30 * dayMs)).toBe(1)
    expect(await countPrunable(database.db, 32 * dayMs)).toBe(0)
    expect(await prune(32 * dayMs)).toBe(0)
    expect(await prune(30 * dayMs)).toBe(1)
    expect((await readRows(database.db)).map(({ id }) => id)).toEqual([young.id])
    for (const table of [llmCallbackViews, llmCallbackUnviewed, llmCallbackHandled]) {
      expect(await database.db.select().from(table)).toHaveLength(0)
    }
    expect(await tombstones()).toEqual([{ id: old.id }])
    expect(await prune(30 * dayMs)).toBe(0)
  })

  test('all of many, a few at a time, also by several at once', async () => {
    for (let index = 0; index < 120; index++) await insertCallback(database.db)
    await age(2)
    const young = await insertCallback(database.db)
    const seen: number[] = []
    const onProgress = (pruned: number) => seen.push(pruned)
    const totals = await Promise.all([
      pruneCallbacks(database.db, { olderThanMs: dayMs, batchRowsMax: 7, onProgress }),
      prune(dayMs, 11),
      prune(dayMs, 13),
    ])
    expect(totals.reduce((sum, total) => sum + total)).toBe(120)
    expect(seen.at(-1)).toBe(totals[0])
    expect((await readRows(database.db)).map(({ id }) => id)).toEqual([young.id])
    expect(await tombstones()).toHaveLength(120)
  })

  test('nothing in a database of an older Callboard, which would not look for tombstones', async () => {
    const older = await createTestDatabase('empty')
    await migrateUp(older.url, migrationsFolder, ['0031_add_llm_callbacks_tables'])
    await insertCallback(older.db)
    await expect(pruneCallbacks(older.db, { olderThanMs: 0 })).rejects.toThrow(
      'This database is from an older Callboard',
    )
    expect(await readRows(older.db)).toHaveLength(1)
    await older.drop()
  })

  test('nothing while a transaction that writes does not end, which is told; retries are duplicates all along', async () => {
    const body = () => verdict({ job_id: 'half pruned' })
    const first = await post(body())
    await age(2)
    await whileBlocked('lock table llm_callbacks in row exclusive mode', async () => {
      const pruning = pruneCallbacks(database.db, { olderThanMs: dayMs, patienceMs: 0 })
      await expect(pruning).rejects.toThrow('does not end')
    })
    expect(await post(body())).toEqual({ ...first, duplicate: true })
    expect(await readRows(database.db)).toMatchObject([{ id: first.id, deliveryCount: 2 }])
    // What is about to go is nothing to point at: it could be gone before the variant is in.
    const variant = await post(verdict({ job_id: 'half pruned', result: 'other' }))
    expect(await readRows(database.db)).toMatchObject([{ id: first.id }, { id: variant.id, variantOf: null }])
    expect(await prune()).toBe(1)
    expect(await readRows(database.db)).toMatchObject([{ id: variant.id, variantOf: null }])
    expect(await post(body())).toEqual({ ...first, duplicate: true })
  })
})

describe('a late retry of what was pruned', () => {
  test('is answered 200, duplicate, with the first id: a verdict, a step and a quarantined body (cases 13, 14)', async () => {
    const jobId = randomUUID()
    const bodies = [
      () => verdict({ job_id: jobId }),
      () => step(jobId, 'plan'),
      () => step(jobId, undefined),
      () => Buffer.from('{"event":"workflow.completed"'),
      () => verdict({ job_id: undefined }),
    ]
    const first: Awaited<ReturnType<typeof post>>[] = []
    for (const body of bodies) first.push(await post(body()))
    await age(2)
    expect(await prune()).toBe(5)
    for (const [index, body] of bodies.entries()) {
      const answer = first[index]
      const isStored = answer?.status === 200
      expect(await post(body())).toEqual(isStored ? { ...answer, duplicate: true } : answer)
    }
    expect(await readRows(database.db)).toEqual([])
    expect(await tombstones()).toHaveLength(5)
  })

  test('is a duplicate of the variant that it retries; yet other content is news, and stands alone (case 46)', async () => {
    const jobId = randomUUID()
    const deliver = (text: string) => post(verdict({ job_id: jobId, result: { text }, timestamp: senderTime() }))
    const one = await deliver('one')
    const two = await deliver('two')
    await age(2)
    expect(await prune()).toBe(2)
    expect(await deliver('one')).toEqual({ ...one, duplicate: true })
    expect(await deliver('two')).toEqual({ ...two, duplicate: true })
    const three = await deliver('three')
    expect(three).toMatchObject({ status: 200, duplicate: false })
    expect(await deliver('three')).toEqual({ ...three, duplicate: true })
    expect(await readRows(database.db)).toMatchObject([
      { id: three.id, variantOf: null, conditions: ['variant'], deliveryCount: 2 },
    ])
  })

  test('leaves a variant that is younger than its first in place, and knows the retries of both (case 46)', async () => {
    const jobId = randomUUID()
    const deliver = (text: string) => post(verdict({ job_id: jobId, result: { text } }))
    const one = await deliver('one')
    await age(2)
    const two = await deliver('two')
    expect(await readRows(database.db)).toMatchObject([{ id: one.id }, { id: two.id, variantOf: one.id }])
    expect(await prune()).toBe(1)
    expect(await deliver('one')).toEqual({ ...one, duplicate: true })
    expect(await deliver('two')).toEqual({ ...two, duplicate: true })
    expect(await readRows(database.db)).toMatchObject([{ id: two.id, variantOf: null, deliveryCount: 2 }])
  })
})

describe('pruning under deliveries', () => {
  test('an insert that began before the pruning can’t store what is pruned meanwhile a second time', async () => {
    const recorder = createRecorder({ db: database.db, onError: () => {}, patienceMs: 25_000 })
    const delivery = () => nativeCallback(verdict({ job_id: 'delivered while it is pruned' }))
    const first = await recorder.record(delivery())
    await age(2)
    // Time enough for a slow machine; a second, as it is, would end the wait before the pruning had its chance.
    await database.db.execute(sql`alter function llm_callbacks_take_feed_turn() set lock_timeout = '20s'`)
    const { retry, pruning } = await whileBlocked(
      'select pg_advisory_xact_lock(7812739710037617772)',
      async (blocker) => {
        // The feed's turn: the retry's INSERT has its snapshot and waits for this, just before it looks at any key.
        const retry = recorder.record(delivery())
        const waits = () => blocker.query("select from pg_locks where not granted and locktype = 'advisory'")
        await expect.poll(async () => (await waits()).rowCount).toBe(1)
        let isPruned = false
        const pruning = prune().finally(() => {
          isPruned = true
        })
        const isWaiting = async () =>
          (
            await database.db.$client.query(
              "select from pg_stat_activity where pid <> pg_backend_pid() and query like '%virtualtransaction as%'",
            )
          ).rowCount !== 0
        await expect.poll(async () => isPruned || (await isWaiting())).toBe(true)
        return { retry, pruning }
      },
    )
    expect(await retry).toEqual({ ...first, duplicate: true })
    expect(await pruning).toBe(1)
    expect(await readRows(database.db)).toEqual([])
    expect(await recorder.record(delivery())).toEqual({ ...first, duplicate: true })
  })

  test('retries of everything, over and over while it is pruned, are 200 and duplicates of the first (cases 13, 14, 46)', async () => {
    const jobIds = Array.from({ length: 60 }, () => randomUUID())
    const bodies = jobIds.flatMap((jobId) =>
      ['one', 'two'].map((text) => () => verdict({ job_id: jobId, result: text })),
    )
    const first: Awaited<ReturnType<typeof post>>[] = []
    for (const body of bodies) first.push(await post(body()))
    expect(first.every(({ status, duplicate }) => status === 200 && duplicate === false)).toBe(true)
    await age(2)
    let isPruned = false
    const retry = async (index: number) => {
      expect(await post(bodies[index]?.() ?? '')).toEqual({ ...first[index], duplicate: true })
    }
    const retryUntilPruned = async (offset: number) => {
      for (let index = offset; !isPruned; index = (index + 7) % bodies.length) await retry(index)
    }
    const pruning = prune(dayMs, 5).finally(() => {
      isPruned = true
    })
    await Promise.all([0, 1, 2, 3].map((worker) => retryUntilPruned(worker * 30)))
    expect(await pruning).toBe(bodies.length)
    for (const index of bodies.keys()) await retry(index)
    expect(await readRows(database.db)).toEqual([])
    const kept = await tombstones()
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(first.map(({ id }) => id)))
  })
})

describe('readers', () => {
  test('at a pruned place go on with what comes after it, without a reset', async () => {
    await insertCallback(database.db)
    const { items, nextCursor: place } = await getRecentCallbacks(null, 10, admin, database.db)
    const cursor = items[0]?.cursor ?? ''
    expect(place).toBe(cursor)
    await insertCallback(database.db)
    await age(2)
    const young = await insertCallback(database.db)
    expect(await prune()).toBe(2)

    const check = await getRecentCallbacks(cursor, 10, admin, database.db)
    expect(check).toMatchObject({ items: [{ id: young.id }], reset: false, hasMore: false, unviewedCount: 1 })

    const feed = followFeed({ db: database.db, onError: () => {} })
    const subscription = await feed.subscribe(cursor)
    expect(await subscription.next(50)).toMatchObject({ kind: 'items', items: [{ id: young.id }] })
    subscription.close()

    const history = await listCallbacks(historyInputSchema.parse({ cursor }), admin, database.db)
    expect(history).toMatchObject({ items: [], nextCursor: null, reset: false })
    const pruned = llmCallbackIdSchema.parse(items[0]?.id)
    expect(await getCallbackById(pruned, admin, database.db)).toBeNull()
  })

  test('beyond the newest that is left are sent back to it, and miss nothing that comes (case 53)', async () => {
    await insertCallback(database.db)
    await age(2)
    const { nextCursor } = await getRecentCallbacks(null, 10, admin, database.db)
    expect(await prune()).toBe(1)
    const reset = await getRecentCallbacks(nextCursor, 10, admin, database.db)
    expect(reset).toMatchObject({ items: [], reset: true })
    const next = await insertCallback(database.db)
    for (const cursor of [reset.nextCursor, nextCursor]) {
      const check = await getRecentCallbacks(cursor, 10, admin, database.db)
      expect(check).toMatchObject({ items: [{ id: next.id }], reset: false })
    }
  })
})
