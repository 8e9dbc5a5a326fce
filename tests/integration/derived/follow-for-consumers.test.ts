import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import type { Consumer } from '@/lib/derived/consumer'
import { type Following, followForConsumers } from '@/lib/derived/follow-for-consumers'
import { takeStep } from '@/lib/derived/take-step'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks, insertManyCallbacks } from '../../support/insert-callback'

let testDatabase: TestDatabase
let db: Database
let following: Following[]
let errors: { error: unknown; consumerName: string }[]

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  db = testDatabase.db
  following = []
  errors = []
  await db.execute(sql`create table consumed (consumer text, seq bigint)`)
})
afterEach(async () => {
  await Promise.all(following.map(({ stop }) => stop()))
  await testDatabase.drop()
})

/** Notes every callback that it is told of; one that it is told of twice would be noted twice. */
function noting(name = 'notes', options: Partial<Consumer> = {}): Consumer {
  return {
    name,
    async consume({ after, through }, transaction) {
      await transaction.execute(sql`
        insert into consumed select ${name}, seq from llm_callbacks
        where seq > ${after}::bigint and seq <= ${through}::bigint order by seq`)
    },
    ...options,
  }
}

function follow(consumers: Consumer[], options: Partial<Parameters<typeof followForConsumers>[0]> = {}): Following {
  const started = followForConsumers({
    consumers,
    db,
    directUrl: testDatabase.url,
    onError: (error, consumerName) => errors.push({ error, consumerName }),
    retryDelayMsMin: 10,
    ...options,
  })
  following.push(started)
  return started
}

async function consumedBy(name = 'notes'): Promise<number[]> {
  const { rows } = await db.execute<{ seq: number }>(
    sql`select seq::float8 as seq from consumed where consumer = ${name} order by ctid`,
  )
  return rows.map((row) => row.seq)
}

async function stored(): Promise<number[]> {
  const { rows } = await db.execute<{ seq: number }>(sql`select seq::float8 as seq from llm_callbacks order by seq`)
  return rows.map((row) => row.seq)
}

async function positionOf(name: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ position: number }>(
    sql`select position::float8 as position from llm_callback_followers where name = ${name}`,
  )
  return rows[0]?.position
}

describe('a consumer', () => {
  test('is told of every callback exactly once, in the order of the feed, also while others write', async () => {
    await insertCallbacks(db, 20)
    follow([noting('notes', { rowsMax: 7 })])
    await Promise.all(Array.from({ length: 5 }, () => insertCallbacks(db, 20)))
    await expect.poll(async () => (await consumedBy()).length).toBe(120)
    expect(await consumedBy()).toEqual(await stored())
    expect(errors).toEqual([])
  })

  test('is told of a trickle many at a time', async () => {
    const hintGapMs = 300
    let spans = 0
    const { consume } = noting()
    const counting = noting('notes', {
      async consume(span, transaction) {
        spans++
        await consume(span, transaction)
        // So that the next has come by its end.
        await sleep(30)
      },
    })
    follow([counting], { hintGapMs })
    const startedAt = performance.now()
    for (let n = 0; n < 60; n++) {
      await insertCallback(db)
      await sleep(15)
    }
    const tookMs = performance.now() - startedAt
    await expect.poll(async () => (await consumedBy()).length).toBe(60)
    // One at once, one after each gap, and one for what came last.
    expect(spans).toBeLessThanOrEqual(2 + tookMs / hintGapMs)
  })

  test('shares the work with another process, and nothing is consumed twice', async () => {
    await insertManyCallbacks(db, 5_000)
    const elsewhere = createDatabase(testDatabase.url)
    const spans: string[] = []
    const noted = (process: string) => {
      const { consume, ...rest } = noting('notes', { rowsMax: 50 })
      const consumer: Consumer = {
        ...rest,
        async consume(span, transaction) {
          spans.push(process)
          await consume(span, transaction)
          // Whoever is quicker could take all of them: the other one has its turn as well.
          if (process === 'one' && spans.length >= 10) void one.stop()
        },
      }
      return consumer
    }
    const one = follow([noted('one')])
    follow([noted('two')], { db: elsewhere, pollIntervalMs: 20 })
    await expect.poll(async () => (await consumedBy()).length).toBe(5_000)
    // Two backends write to pages of their own: where a row stands says nothing here.
    expect((await consumedBy()).toSorted((one, other) => one - other)).toEqual(await stored())
    expect(new Set(spans)).toEqual(new Set(['one', 'two']))
    await Promise.all(following.splice(0).map(({ stop }) => stop()))
    await elsewhere.$client.end()
  })

  test('does not wait for another that is at the same step', async () => {
    await insertCallback(db)
    const holder = new pg.Client({ connectionString: testDatabase.url })
    await holder.connect()
    await holder.query("insert into llm_callback_followers (name) values ('notes')")
    await holder.query("begin; select from llm_callback_followers where name = 'notes' for update")
    expect(await takeStep(noting(), db)).toBe('busy')
    await holder.end()
    await expect.poll(() => takeStep(noting(), db)).toBe('idle')
    expect(await consumedBy()).toEqual(await stored())
  })

  test('whose connection is cut after it wrote keeps nothing of that, and consumes the same again', async () => {
    await insertCallbacks(db, 3)
    let cuts = 0
    const { consume } = noting()
    const consumer = noting('notes', {
      async consume(span, transaction) {
        await consume(span, transaction)
        if (cuts++ === 0) await transaction.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
      },
    })
    await expect(takeStep(consumer, db)).rejects.toThrow()
    expect(await consumedBy()).toEqual([])
    expect(await positionOf('notes')).toBeUndefined()
    expect(await takeStep(consumer, db)).toBe('idle')
    expect(await consumedBy()).toEqual(await stored())
  })

  test('that is added later begins with the first callback, and one that goes on does so from where it was', async () => {
    await insertCallbacks(db, 3)
    await follow([noting('old')]).stop()
    while ((await takeStep(noting('old'), db)) !== 'idle');
    await insertCallbacks(db, 2)
    follow([noting('old'), noting('new')])
    await expect.poll(async () => (await consumedBy('new')).length).toBe(5)
    await expect.poll(async () => (await consumedBy('old')).length).toBe(5)
    expect(await consumedBy('old')).toEqual(await stored())
    expect(await consumedBy('new')).toEqual(await stored())
  })

  test('gets long callbacks a few at a time, and one that is longer than the bound alone', async () => {
    const lengths = [3, 3, 3, 9, 1]
    for (const megabytes of lengths) await insertCallback(db, { raw: Buffer.alloc(megabytes * 1024 * 1024, 'x') })
    const spans: number[] = []
    const consumer = noting('notes', { consume: async ({ after, through }) => void spans.push(through - after) })
    while ((await takeStep(consumer, db)) === 'more');
    expect(spans).toEqual([2, 1, 1, 1])
  })

  test('never sees a callback that is deleted meanwhile go, and does not wait for the one who deletes it', async () => {
    const { id } = await insertCallback(db)
    const pruner = new pg.Client({ connectionString: testDatabase.url })
    await pruner.connect()
    const deleteIt = () => pruner.query('delete from llm_callbacks where id = $1', [id])
    await pruner.query('begin')
    await deleteIt()
    await expect(takeStep(noting(), db)).rejects.toMatchObject({ cause: { code: '55P03' } })
    await pruner.query('rollback')
    let deleting: Promise<unknown> = Promise.resolve()
    await takeStep(
      noting('notes', {
        async consume(_, transaction) {
          deleting = deleteIt()
          await expect
            .poll(async () => (await db.execute(sql`select from pg_locks where not granted`)).rowCount)
            .toBeGreaterThan(0)
          expect((await transaction.execute(sql`select from llm_callbacks`)).rowCount).toBe(1)
        },
      }),
      db,
    )
    await deleting
    expect(await stored()).toEqual([])
    await pruner.end()
  })
})

describe('following', () => {
  test('goes on after failures, tells of the first in a row, and does not hold up other consumers', async () => {
    let failures = 0
    const { consume } = noting('failing')
    const failing = noting('failing', {
      async consume(span, transaction) {
        await consume(span, transaction)
        if (failures++ < 3) throw new Error('not yet')
      },
    })
    await insertCallbacks(db, 3)
    follow([failing, noting()])
    for (const name of ['notes', 'failing']) await expect.poll(() => consumedBy(name)).toEqual(await stored())
    expect(errors).toMatchObject([{ consumerName: 'failing', error: { message: 'not yet' } }])
  })

  test('is woken by the hint that recording sends', async () => {
    follow([noting()], { pollIntervalMs: 3_600_000 })
    await expect.poll(() => positionOf('notes')).toBe(0)
    const { seq } = await insertCallback(db)
    await expect.poll(() => consumedBy()).toEqual([seq])
  })

  test('finds callbacks by polling where no hint can be had', async () => {
    follow([noting()], { directUrl: null, pollIntervalMs: 20 })
    const { seq } = await insertCallback(db)
    await expect.poll(() => consumedBy()).toEqual([seq])
  })

  test('ends only when the step under way is committed', async () => {
    await insertCallback(db)
    let begin = () => {}
    let release = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { consume } = noting()
    const slow = noting('notes', {
      async consume(span, transaction) {
        begin()
        await released
        await consume(span, transaction)
      },
    })
    const { stop } = follow([slow])
    await begun
    const stopped = stop()
    release()
    await stopped
    expect(await consumedBy()).toEqual(await stored())
  })
})
