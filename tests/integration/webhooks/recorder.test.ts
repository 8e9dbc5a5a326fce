import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { sqlStateOf } from '@/db/sqlstate'
import { AppError } from '@/lib/http/app-error'
import { pruneCallbacks } from '@/lib/llm-callbacks/prune-callbacks'
import { openIngestDatabase } from '@/lib/llm-callbacks/receive/create-receiver'
import type { NewLLMCallback } from '@/lib/llm-callbacks/receive/new-callback'
import { createRecorder } from '@/lib/llm-callbacks/receive/recorder'
import { clearRows, readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { startFrontDoor } from '../../support/front-door'
import { nativeCallback } from '../../support/native-callback'
import { webhookAdapters } from '../../support/webhook-adapters'
import { type Members, signed, verdict } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => clearRows(database.db))
afterAll(() => database.drop())

/** One replica's recorder. Slow machines are given time: what is asked here is what is stored, not how fast. */
function openRecorder(db: Database = database.db) {
  const errors: unknown[] = []
  const recorder = createRecorder({ db, onError: (error) => errors.push(error), patienceMs: 25_000 })
  return { ...recorder, errors }
}

/** Retries of one callback: each with an id and a time of its own. */
const retryOf = (callback: NewLLMCallback): NewLLMCallback => {
  const { id } = nativeCallback(verdict())
  return { ...callback, id }
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return { item, key: state }
  })
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
}

/** PostgreSQL refuses its jsonb view: what no scan has foreseen. */
const poison = () => nativeCallback(Buffer.from(verdict().toString().replace('{', '{"\\u0000":1,')))

describe('batches', () => {
  test('case 47: two replicas record overlapping batches in different orders without a deadlock, each callback once', async () => {
    const dbs = [createDatabase(database.url), createDatabase(database.url)]
    const replicas = dbs.map((db) => openRecorder(db))
    const rounds = 40
    const known: NewLLMCallback[] = []
    for (let round = 0; round < rounds; round++) {
      known.push(...Array.from({ length: 20 }, () => nativeCallback(verdict())))
      const batch = known.slice(-60)
      const answers = await Promise.all(
        replicas.flatMap((replica, index) =>
          shuffled(batch, round * 2 + index + 1).map((callback) => replica.record(retryOf(callback))),
        ),
      )
      const fresh = answers.filter(({ duplicate }) => !duplicate)
      expect(fresh).toHaveLength(20)
    }
    await Promise.all(replicas.map((replica) => replica.drain()))
    expect(replicas.flatMap(({ errors }) => errors)).toEqual([])
    const rows = await readRows(database.db)
    expect(rows).toHaveLength(known.length)
    // Every callback but those of the last two rounds was delivered in three rounds by both.
    const counts = rows.map(({ deliveryCount }) => deliveryCount)
    expect(counts).toEqual([...Array(rows.length - 40).fill(6), ...Array(20).fill(4), ...Array(20).fill(2)])
    await Promise.all(dbs.map((db) => db.$client.end()))
  })

  test('case 48: one row that jsonb refuses is kept without its view, and its 49 neighbours with theirs', async () => {
    const recorder = openRecorder()
    const callbacks = Array.from({ length: 50 }, () => nativeCallback(verdict()))
    callbacks[25] = { ...poison(), payloadState: 'stored' }
    const answers = await Promise.all(callbacks.map((callback) => recorder.record(callback)))
    expect(answers.map(({ id }) => id)).toEqual(callbacks.map(({ id }) => id))
    expect(answers.some(({ duplicate }) => duplicate)).toBe(false)
    const rows = await readRows(database.db)
    expect(rows).toHaveLength(50)
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(callbacks.map(({ id }) => id)))
    expect(rows.filter(({ payloadState }) => payloadState === 'raw_only')).toMatchObject([
      { id: callbacks[25].id, raw: callbacks[25].raw, payload: null },
    ])
    expect(recorder.errors.map(sqlStateOf)).toContain('22P05')
  })

  test('case 48: a row that PostgreSQL refuses altogether is 503, and its neighbours are stored', async () => {
    const recorder = openRecorder()
    const callbacks = Array.from({ length: 50 }, () => nativeCallback(verdict()))
    const refused = { ...nativeCallback(verdict()), status: 'no such status' as 'unknown' }
    callbacks.splice(10, 1, refused)
    const answers = await Promise.allSettled(callbacks.map((callback) => recorder.record(callback)))
    const failures = answers.filter((answer) => answer.status === 'rejected')
    expect(failures.map(({ reason }) => reason.code)).toEqual(['unavailable'])
    expect(answers[10]?.status).toBe('rejected')
    expect(await readRows(database.db)).toHaveLength(49)
  })

  test('case 48: every row of a batch may be refused its view at once', async () => {
    const recorder = openRecorder()
    const callbacks = Array.from({ length: 20 }, () => ({ ...poison(), payloadState: 'stored' as const }))
    await Promise.all(callbacks.map((callback) => recorder.record(callback)))
    expect((await readRows(database.db)).map(({ payloadState }) => payloadState)).toEqual(Array(20).fill('raw_only'))
  })

  test('case 49: in one batch the same key is one row for each content, and each delivery is answered with its own', async () => {
    const recorder = openRecorder()
    const jobId = randomUUID()
    const contents = ['one', 'two', 'three']
    const deliveries = Array.from({ length: 30 }, (_, index) => contents[index % 3])
    const answers = await Promise.all(
      deliveries.map((result) => recorder.record(nativeCallback(verdict({ job_id: jobId, result })))),
    )
    await recorder.drain()
    expect(recorder.errors).toEqual([])
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(3)
    const rows = (await readRows(database.db)).filter(({ callbackId }) => callbackId === jobId)
    const [first] = rows
    expect(rows.map(({ variantOf, deliveryCount, conditions }) => [variantOf, deliveryCount, conditions])).toEqual([
      [null, 10, []],
      [first?.id, 10, ['variant']],
      [first?.id, 10, ['variant']],
    ])
    deliveries.forEach((result, index) => {
      const row = rows.find(({ id }) => id === answers[index]?.id)
      expect(row?.payload).toContain(`"result": "${result}"`)
    })
  })

  test('rows keep the order in which they were handed over, over many batches', async () => {
    const recorder = openRecorder()
    const callbacks = Array.from({ length: 700 }, () => nativeCallback(verdict()))
    await Promise.all(callbacks.map((callback) => recorder.record(callback)))
    expect((await readRows(database.db)).map(({ id }) => id)).toEqual(callbacks.map(({ id }) => id))
  })

  test('what comes in together is one batch', async () => {
    let batches = 0
    const recorder = openRecorder(
      intercepted((text) => {
        if (text.includes('insert into llm_callbacks')) batches += 1
      }),
    )
    await Promise.all(Array.from({ length: 30 }, () => recorder.record(nativeCallback(verdict()))))
    expect(batches).toBe(1)
    expect(await readRows(database.db)).toHaveLength(30)
  })

  test('behind another batch no more than half of both goes out, so that one half is read while the other is stored', async () => {
    const batches: number[] = []
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => {
      release = resolve
    })
    const query = async (statement: pg.QueryConfig) => {
      // Every value is an array of texts in binary form, with its length at this place.
      const [, ids] = statement.values as Buffer[]
      batches.push(ids?.readInt32BE(12) ?? 0)
      if (batches.length === 1) await isReleased
      return database.db.$client.query(statement)
    }
    const recorder = openRecorder({ $client: { query } } as unknown as Database)
    const record = (count: number) => Array.from({ length: count }, () => recorder.record(nativeCallback(verdict())))
    const first = record(4)
    await expect.poll(() => batches).toEqual([4])
    const others = record(20)
    release()
    await Promise.all([...first, ...others])
    expect(batches).toEqual([4, 12, 8])
    expect(await readRows(database.db)).toHaveLength(24)
  })

  test('a batch is sent before the last one is answered', async () => {
    const recorder = openRecorder()
    const send = vi.spyOn(pg.Client.prototype, 'query')
    const answered = vi.fn()
    const record = () => recorder.record(nativeCallback(verdict())).then(answered)
    const first = record()
    while (send.mock.calls.length === 0) await nextTurn()
    await Promise.all([first, record()])
    const [sentAt, answeredAt] = [send, answered].map(({ mock }) => mock.invocationCallOrder)
    send.mockRestore()
    expect(sentAt).toHaveLength(2)
    expect(sentAt?.[1]).toBeLessThan(answeredAt?.[0] ?? 0)
  })

  test.each([
    [true, ['insert_callbacks']],
    [false, []],
  ])('a statement is kept prepared only where no pooler can be behind the connection: %s', async (isDirect, names) => {
    const db = createDatabase(database.url, { connectionsMax: 1 })
    const recorder = createRecorder({ db, onError: () => {}, isDirect, patienceMs: 25_000 })
    await recorder.record(nativeCallback(verdict()))
    await recorder.record(nativeCallback(verdict()))
    const prepared = await db.$client.query('select name from pg_prepared_statements')
    expect(prepared.rows.map(({ name }) => name)).toEqual(names)
    await db.$client.end()
  })

  test('on the embedded database batches of any size have one plan', async () => {
    const db = openIngestDatabase(database.url, pino({ enabled: false }), { isDirect: true })
    const recorder = createRecorder({ db, onError: () => {}, isDirect: true, patienceMs: 25_000 })
    for (const size of [1, 1, 1, 1, 1, 1, 1, 20]) {
      await Promise.all(Array.from({ length: size }, () => recorder.record(nativeCallback(verdict()))))
    }
    const plans = await db.$client.query('select generic_plans::int, custom_plans::int from pg_prepared_statements')
    expect(plans.rows).toEqual([{ generic_plans: 8, custom_plans: 0 }])
    await db.$client.end()
  })

  describe('straight to PostgreSQL', () => {
    let db: Database
    let holder: pg.PoolClient

    beforeEach(async () => {
      db = openIngestDatabase(database.url, pino({ enabled: false }), { isDirect: true })
      holder = await database.db.$client.connect()
    })
    afterEach(async () => {
      await holder.query('rollback')
      holder.release()
      await db.$client.end()
    })

    const openDirect = () => {
      const errors: unknown[] = []
      const onError = (error: unknown) => errors.push(error)
      const recorder = createRecorder({ db, onError, isDirect: true, patienceMs: 25_000 })
      const record = (callbacks: NewLLMCallback[]) => callbacks.map((callback) => recorder.record(callback))
      return { record, errors }
    }
    const some = (count: number) => Array.from({ length: count }, () => nativeCallback(verdict()))
    /** From here on no batch gets its turn in the feed, until the transaction of `holder` ends. */
    const holdTurn = async () => {
      await holder.query('begin')
      await holder.query('lock table llm_callbacks in exclusive mode')
    }
    const underWay = async () => {
      const { rows } = await database.db.$client.query(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows.map(({ pid }) => pid as number)
    }

    test('a second batch is sent while one is under way, once it has as many rows, and on the same connection', async () => {
      const { record } = openDirect()
      await Promise.all(record(some(1)))
      await holdTurn()
      const send = vi.spyOn(pg.Client.prototype, 'query')
      const sizes = () =>
        send.mock.calls
          .map(([statement]) => statement as unknown as pg.QueryConfig)
          .filter(({ name }) => name === 'insert_callbacks')
          .map(({ values = [] }) => (values[1] as Buffer).readInt32BE(12))
      const callbacks = some(12)
      const recorded = record(callbacks.slice(0, 4))
      await expect.poll(sizes).toEqual([4])
      recorded.push(...record(callbacks.slice(4, 7)))
      await sleep(50)
      expect(sizes()).toEqual([4])
      recorded.push(...record(callbacks.slice(7)))
      await expect.poll(sizes).toEqual([4, 6])
      expect(await underWay()).toHaveLength(1)
      await holder.query('rollback')
      await Promise.all(recorded)
      expect(sizes()).toEqual([4, 6, 2])
      send.mockRestore()
      const stored = await readRows(database.db)
      expect(stored.slice(1).map(({ id }) => id)).toEqual(callbacks.map(({ id }) => id))
    })

    test('a batch that PostgreSQL refuses takes nothing of the one behind it', async () => {
      const { record, errors } = openDirect()
      await holdTurn()
      const refused = record([{ ...poison(), payloadState: 'stored' }, ...some(1)])
      await expect.poll(underWay).toHaveLength(1)
      const behind = record(some(2))
      await holder.query('rollback')
      await Promise.all([...refused, ...behind])
      expect(errors.map(sqlStateOf)).toEqual(['22P05', '22P05'])
      const states = (await readRows(database.db)).map(({ payloadState }) => payloadState)
      expect(states.toSorted()).toEqual(['raw_only', 'stored', 'stored', 'stored'])
    })

    test('a connection that ends takes both with it, and the next batch goes to another', async () => {
      const { record } = openDirect()
      await holdTurn()
      const callbacks = some(4)
      const first = record(callbacks.slice(0, 2))
      await expect.poll(underWay).toHaveLength(1)
      const lost = [...first, ...record(callbacks.slice(2))]
      await sleep(50)
      const settled = Promise.allSettled(lost)
      for (const pid of await underWay()) await database.db.$client.query('select pg_terminate_backend($1)', [pid])
      expect((await settled).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
      await holder.query('rollback')
      const recorded = await Promise.all(record(callbacks))
      expect(recorded.every(({ duplicate }) => !duplicate)).toBe(true)
      expect(await readRows(database.db)).toHaveLength(4)
    })
  })

  test('a count that can’t be written still gets its answer', async () => {
    const recorder = openRecorder(
      intercepted((text) => {
        if (text.includes('set delivery_count')) throw new Error('no more counting')
      }),
    )
    const callback = nativeCallback(verdict())
    const first = await recorder.record(callback)
    expect(await recorder.record(retryOf(callback))).toEqual({ ...first, duplicate: true })
    expect(recorder.errors).toHaveLength(1)
  })
})

/** The test's database with something that happens before each of the recorder's statements. */
function intercepted(before: (text: string) => unknown): Database {
  const query = async (statement: string | pg.QueryConfig, values?: unknown[]) => {
    await before(typeof statement === 'string' ? statement : statement.text)
    return database.db.$client.query(statement, values)
  }
  return { $client: { query, connect: () => database.db.$client.connect() } } as unknown as Database
}

/** Takes each row away between the moment when its key was found taken and the look-up. */
const vanishing = () =>
  intercepted(async (text) => {
    if (text.trim().startsWith('select id, delivery_key')) await clearRows(database.db)
  })

describe('large bodies', () => {
  const large = (members: Members = {}) => nativeCallback(verdict({ result: 'x'.repeat(400_000), ...members }))
  let gate: pg.Client

  /** Rows with such a body stop where PostgreSQL would read and compress it, until the gate opens. */
  beforeEach(async () => {
    await database.db.execute(sql`
      create or replace function wait_at_gate() returns trigger language plpgsql as $$
      begin
        if length(new.raw) > 300000 then perform pg_advisory_xact_lock_shared(1); end if;
        return new;
      end $$`)
    await database.db.execute(sql`
      create or replace trigger wait_at_gate before insert on llm_callbacks for each row execute function wait_at_gate()`)
    gate = new pg.Client({ connectionString: database.url })
    await gate.connect()
    await gate.query('select pg_advisory_lock(1)')
  })
  afterEach(async () => {
    await gate.end()
    await database.db.execute(sql`drop trigger wait_at_gate on llm_callbacks`)
  })
  const openGate = () => gate.query('select pg_advisory_unlock(1)')
  /** Of this database alone: its cluster has those of other tests, too. */
  const whenWaiting = (objid: number, count: number) =>
    expect
      .poll(async () => {
        const waiting = await gate.query(
          `select from pg_locks where locktype = 'advisory' and objid = $1 and not granted
          and database = (select oid from pg_database where datname = current_database())`,
          [objid],
        )
        return waiting.rowCount
      })
      .toBe(count)
  const whenAtGate = (count: number) => whenWaiting(1, count)

  test('nobody waits for one, of this replica or another, and it has its place in the feed when it is there', async () => {
    const slow = large()
    const recorder = openRecorder()
    const recording = recorder.record(slow)
    await whenAtGate(1)
    const neighbours = [nativeCallback(verdict()), nativeCallback(verdict())]
    await recorder.record(neighbours[0] as NewLLMCallback)
    await openRecorder().record(neighbours[1] as NewLLMCallback)
    await openGate()
    expect(await recording).toMatchObject({ id: slow.id, duplicate: false })
    const rows = await readRows(database.db)
    expect(rows.map(({ id }) => id)).toEqual([...neighbours, slow].map(({ id }) => id))
    expect(rows[2]).toMatchObject({
      raw: slow.raw,
      deliveryKey: Buffer.from(slow.deliveryKey, 'hex'),
      payloadState: 'stored',
    })
    expect(rows[2]?.payload).toContain('"result": "xxx')
    expect(recorder.errors).toEqual([])
  })

  test('it gets its place under the lock that orders the feed', async () => {
    await openGate()
    await gate.query('begin')
    await gate.query('update llm_callbacks set seq = default where false')
    const held = await gate.query("select objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
    const recording = openRecorder().record(large())
    await whenWaiting(held.rows[0]?.objid, 1)
    await gate.query('rollback')
    expect(await recording).toMatchObject({ duplicate: false })
  })

  test('two replicas that write it at the same time store it once', async () => {
    const callback = large()
    const recordings = [callback, retryOf(callback)].map((delivery) => openRecorder().record(delivery))
    await whenAtGate(2)
    await openGate()
    const answers = await Promise.all(recordings)
    expect(answers.map(({ duplicate }) => duplicate).sort()).toEqual([false, true])
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await readRows(database.db)).toMatchObject([{ deliveryCount: 2 }])
  })

  test('a short one that takes its key meanwhile makes it a variant', async () => {
    const jobId = randomUUID()
    const recorder = openRecorder()
    const recording = recorder.record(large({ job_id: jobId }))
    await whenAtGate(1)
    const short = await recorder.record(nativeCallback(verdict({ job_id: jobId })))
    await openGate()
    const answer = await recording
    expect(answer.duplicate).toBe(false)
    const rows = await readRows(database.db)
    expect(rows.map(({ id, variantOf }) => [id, variantOf])).toEqual([
      [short.id, null],
      [answer.id, short.id],
    ])
  })

  test('a retry of one that is stored, or was pruned, is known without writing it', async () => {
    await openGate()
    const recorder = openRecorder()
    const callback = large()
    const { id } = await recorder.record(callback)
    await gate.query('select pg_advisory_lock(1)')
    expect(await recorder.record(retryOf(callback))).toMatchObject({ id, duplicate: true })
    await pruneCallbacks(database.db, { olderThanMs: -60_000 })
    expect(await recorder.record(retryOf(callback))).toMatchObject({ id, duplicate: true })
    expect(await readRows(database.db)).toEqual([])
  })

  test('one that was pruned while its retry was written is not stored again', async () => {
    await openGate()
    const recorder = openRecorder()
    const callback = large()
    const { id } = await recorder.record(callback)
    await gate.query('select pg_advisory_lock(1)')
    const late = openRecorder(
      intercepted((text) => {
        if (text.includes('union all')) return clearRows(database.db)
      }),
    )
    const recording = late.record(retryOf(callback))
    await whenAtGate(1)
    await database.db.execute(sql`
      insert into llm_callback_tombstones (delivery_key, content_digest, id)
      values (decode(${callback.deliveryKey}, 'hex'), decode(${callback.contentDigest}, 'hex'), ${id})`)
    await openGate()
    expect(await recording).toMatchObject({ id, duplicate: true })
    expect(await readRows(database.db)).toEqual([])
  })
})

describe('what is not proven', () => {
  test('case 50: a key that was taken and then not found is unavailable, never a duplicate', async () => {
    const recorder = openRecorder(vanishing())
    const callback = nativeCallback(verdict())
    expect(await recorder.record(callback)).toMatchObject({ duplicate: false })
    const failure = await recorder.record(retryOf(callback)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '2' } })
    expect(await readRows(database.db)).toEqual([])
    expect(await recorder.record(retryOf(callback))).toMatchObject({ duplicate: false })
  })

  test('case 50: over HTTP that is 503 with Retry-After, and the retry is stored', async () => {
    const server = await startFrontDoor(database.url, {
      change: (context) => ({ ...context, recorder: openRecorder(vanishing()) }),
    })
    const request = signed(verdict())
    expect((await server.send(request)).status).toBe(200)
    const answer = await server.send(request)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('2')
    const retry = await server.send(request)
    expect(jsonOf(retry)).toMatchObject({ received: true, duplicate: false })
    expect(await readRows(database.db)).toHaveLength(1)
    await server.stop()
  })

  test('nothing is answered before its batch has committed', async () => {
    const blocker = new pg.Client({ connectionString: database.url })
    await blocker.connect()
    await blocker.query('begin; lock table llm_callbacks in share mode')
    const recorder = openRecorder()
    let answered = 0
    const all = Promise.all(
      Array.from({ length: 10 }, () => recorder.record(nativeCallback(verdict())).then(() => (answered += 1))),
    )
    const waits = () =>
      blocker.query('select 1 from pg_locks where not granted and relation = $1::regclass', ['llm_callbacks'])
    await expect.poll(async () => (await waits()).rowCount).toBe(1)
    expect(answered).toBe(0)
    await blocker.query('commit')
    await all
    expect(await readRows(database.db)).toHaveLength(10)
    await blocker.end()
  })

  test.each(webhookAdapters)(
    'a frozen database is 503 with Retry-After in about a second, and the retry is stored exactly once: $name',
    async ({ start }) => {
      const server = await start(database.url)
      expect((await server.send(signed(verdict()))).status).toBe(200)
      const blocker = new pg.Client({ connectionString: database.url })
      await blocker.connect()
      await blocker.query('begin; lock table llm_callbacks in access exclusive mode')

      const requests = Array.from({ length: 20 }, () => signed(verdict()))
      const startedAt = performance.now()
      const refused = await Promise.all(requests.map((request) => server.send(request)))
      expect(performance.now() - startedAt).toBeLessThan(4_000)
      expect(refused.map(({ status }) => status)).toEqual(Array(20).fill(503))
      expect(refused.map(({ headers }) => headers['retry-after'])).toEqual(Array(20).fill('2'))

      await blocker.query('commit')
      const retries = await Promise.all(requests.map((request) => server.send(request)))
      expect(retries.map(({ status }) => status)).toEqual(Array(20).fill(200))
      const rows = await readRows(database.db)
      expect(rows).toHaveLength(21)
      for (const { body } of requests) expect(rows.filter(({ raw }) => raw.equals(body))).toHaveLength(1)
      await blocker.end()
      await server.stop()
    },
  )

  test('a database that is away is 503, and back it is 200 without a restart', async () => {
    const own = await createTestDatabase()
    const server = await startFrontDoor(own.url)
    const request = signed(verdict())
    await own.db.execute(sql`alter table llm_callbacks rename to llm_callbacks_away`)
    expect((await server.send(request)).status).toBe(503)
    await own.db.execute(sql`alter table llm_callbacks_away rename to llm_callbacks`)
    expect(jsonOf(await server.send(request))).toMatchObject({ received: true, duplicate: false })
    await own.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    // The pool may learn of a cut connection only by using it: 503 then, and the sender sends again.
    const next = signed(verdict())
    await expect.poll(async () => (await server.send(next)).status).toBe(200)
    expect((await readRows(own.db)).filter(({ raw }) => raw.equals(next.body))).toHaveLength(1)
    await server.stop()
    await own.drop()
  })
})
