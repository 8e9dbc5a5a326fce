import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '@/db/client'
import { migrateUp } from '@/db/migrate'
import { createAdmin } from '@/lib/auth/create-admin'
import { backUp } from '@/lib/backup/back-up'
import { restore } from '@/lib/backup/restore'
import { backedUpTables, leftOutPrefix, leftOutTables, rebuiltTables } from '@/lib/backup/tables'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { pruneCallbacks } from '@/lib/llm-callbacks/prune-callbacks'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'
import { dumpSchema } from '../../support/dump-schema'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { insertCallback } from '../../support/insert-callback'
import { signed, step, verdict, verdictSource } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const admin = { name: 'Ana\u2028', email: 'ana@example.com', password: 'correct horse battery' }
const jobId = randomUUID()
const huge = '9007199254740993,1.00,1E2,-0,1e400,0.1000000000000000055511151231257827'
let source: TestDatabase
/** Of the source, when the backup was made. */
let content: Record<string, string[]>
let server: FrontDoor
let folder: string
let file: string
let target: TestDatabase

const post = async (body: Uint8Array | string) => jsonOf(await server.send(signed(body)))
const restoreInto = (database: TestDatabase, from = file) =>
  restore({ url: database.url, file: from, migrationsFolder })

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'callboard-backup-'))
  file = path.join(folder, 'backup.ndjson.gz')
  source = await createTestDatabase()
  server = await startFrontDoor(source.url)
  const { id } = await createAdmin(source.db, admin)
  await post(verdict({ job_id: jobId, result: 'pruned' }))
  await post(verdict({ job_id: jobId, result: 'pruned variant' }))
  await post('{"event": pruned and quarantined')
  await source.db.execute(sql`update llm_callbacks set created_at = created_at - interval '2 days'`)
  await pruneCallbacks(source.db, { olderThanMs: 86_400_000 })
  for (const body of bodies()) await post(body)
  await source.db.execute(sql`
    with few as (select id, seq, ${id}::uuid as admin from llm_callbacks limit 5), viewed as (
      insert into llm_callback_views (callback_id, admin_user_id, seq, marking_id)
      select id, admin, seq, gen_random_uuid() from few
    ), unviewed as (
      insert into llm_callback_unviewed (callback_id, admin_user_id, seq) select id, admin, seq from few
    ), results as (
      insert into llm_callback_results (callback_id, state, body) select id, 'fetched', '\\x00ff' from few
    ), handled as (
      insert into llm_callback_handled (callback_id, admin_user_id, seq) select id, admin, seq from few
    )
    insert into saved_views (admin_user_id, name, query) values (${id}::uuid, 'Failed\u2028', 'status=failed')`)
  // Written a moment after the callbacks, and not to be written any more while the backup is made.
  const posted = 3 + bodies().length
  const readUses = async () => {
    const { rows } = await source.db.$client.query<{ uses: number }>(
      'select sum(uses)::int as uses from source_secret_uses',
    )
    return rows[0]?.uses
  }
  await vi.waitFor(async () => expect(await readUses()).toBe(posted), { timeout: 10_000, interval: 100 })
  await insertCallback(source.db, { raw: Buffer.from('null') })
  await source.db.execute(sql`update llm_callbacks set payload = 'null' where raw = 'null'`)
  content = await contentOf(source.db)
  await backUp({ url: source.url, file, version: '1.2.3' })
})
beforeEach(async () => {
  target = await createTestDatabase('empty')
})
afterEach(() => target.drop())
afterAll(async () => {
  await server.stop()
  await source.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** What senders send, and what none should. */
function bodies(): (Buffer | string)[] {
  const long = 'x'.repeat(1_000_000)
  return [
    verdict({ job_id: jobId, result: 'first after the pruning' }),
    verdict({ job_id: 'viewed', result: { 'key\u2028': 'line\u2029\n\t\\"}' } }),
    verdictSource(`"result":[${huge}],"cost_usd":0.00000000000000000000012300,"cost_data":{"cost_usd":12.30}`),
    verdictSource('"result":"a\\u0000b"'),
    verdictSource('"result":"\\ud800"'),
    verdictSource('"result":NaN,"result":-Infinity'),
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), verdict()]),
    Buffer.from([0x7b, 0x00, 0xff, 0x0a, 0x0d]),
    'null',
    step(jobId, 'plan'),
    verdict({ job_id: 'variant', result: 1 }),
    verdict({ job_id: 'variant', result: 2 }),
    verdict({ timestamp: '2025-12-20T10:30:00.123456+00:00Z' }),
    ...Array.from({ length: 5 }, () => verdict({ result: long })),
  ]
}

/** Every row of every table that a backup has, as PostgreSQL's own text, and the digest of each body. Long ones are cut, with their digest. */
async function contentOf(db: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const { name, orderBy } of backedUpTables) {
    const { rows } = await db.$client.query<{ line: string }>(
      `select row_to_json(t)::text as line from ${name} t order by ${orderBy}`,
    )
    content[name] = rows.map(({ line }) => `${line.slice(0, 2_000)} ${createHash('sha256').update(line).digest('hex')}`)
  }
  const digests = await db.$client.query<{ digest: string }>(
    "select seq || ' ' || encode(sha256(raw), 'hex') as digest from llm_callbacks order by seq",
  )
  return { ...content, digests: digests.rows.map((row) => row.digest) }
}

describe('a backup, restored into another database', () => {
  test('gives every row of every table again, digit for digit and byte for byte', async () => {
    const counts = await restoreInto(target)
    for (const { name } of backedUpTables) {
      expect(content[name]?.length, name).toBeGreaterThan(0)
      expect(counts[name]).toBe(content[name]?.length)
    }
    expect(await contentOf(target.db)).toEqual(content)
    const [exact] = (
      await target.db.execute(sql`select cost_usd, payload::text from llm_callbacks where cost_usd < 1e-9`)
    ).rows
    expect(exact?.cost_usd).toBe('0.00000000000000000000012300')
    expect(exact?.payload).toContain('0.1000000000000000055511151231257827')
  })

  test('has what makes the retries of all callbacks duplicates, the pruned ones’ too (cases 13, 14, 46)', async () => {
    await restoreInto(target)
    const elsewhere = await startFrontDoor(target.url)
    const retries = [
      verdict({ job_id: jobId, result: 'pruned' }),
      verdict({ job_id: jobId, result: 'pruned variant' }),
      verdict({ job_id: jobId, result: 'first after the pruning' }),
      verdict({ job_id: 'variant', result: 1 }),
      verdict({ job_id: 'variant', result: 2 }),
      step(jobId, 'plan'),
    ]
    for (const body of retries) {
      const there = jsonOf(await elsewhere.send(signed(body)))
      expect(there).toMatchObject({ received: true, duplicate: true })
      expect(there).toEqual(await post(body))
    }
    const quarantined = signed('{"event": pruned and quarantined')
    expect(jsonOf(await elsewhere.send(quarantined))).toEqual(jsonOf(await server.send(quarantined)))
    await elsewhere.stop()
  })

  test('goes on with the next seq, also where everything was pruned', async () => {
    const emptied = await createTestDatabase()
    const last = [await insertCallback(emptied.db), await insertCallback(emptied.db)].at(-1)
    await emptied.db.execute(sql`update llm_callbacks set created_at = created_at - interval '2 days'`)
    await pruneCallbacks(emptied.db, { olderThanMs: 86_400_000 })
    const pruned = path.join(folder, 'pruned.ndjson.gz')
    await backUp({ url: emptied.url, file: pruned, version: '1.2.3' })
    await emptied.drop()
    await restoreInto(target, pruned)
    expect((await insertCallback(target.db)).seq).toBe((last?.seq ?? 0) + 1)
  })

  test('case 53: cursors of before are answered with reset, also in the very same database', async () => {
    await restoreInto(target)
    const user = randomUUID()
    const { nextCursor } = await getRecentCallbacks(null, 10, user, target.db)
    expect(await getRecentCallbacks(nextCursor, 10, user, target.db)).toMatchObject({ reset: false })
    for (const { name } of backedUpTables.toReversed()) await target.db.execute(sql.raw(`delete from ${name}`))
    await restoreInto(target)
    expect(await getRecentCallbacks(nextCursor, 10, user, target.db)).toMatchObject({ reset: true })
  })

  test('lets what is derived be made anew, also where another life of the database had derived some', async () => {
    await migrateUp(target.url, migrationsFolder)
    await target.db.execute(sql`insert into llm_callback_followers (name, position) values ('overview', 1000000)`)
    await restoreInto(target)
    expect((await target.db.execute(sql`select from llm_callback_followers`)).rowCount).toBe(0)
  })

  test('of an older Callboard is brought to the newest schema', async () => {
    const old = await createTestDatabase('empty')
    await migrateUp(old.url, migrationsFolder, ['0031_add_llm_callbacks_tables'])
    const { id } = await insertCallback(old.db)
    const older = path.join(folder, 'older.ndjson.gz')
    expect(await backUp({ url: old.url, file: older, version: '0.1.0' })).toMatchObject({ llm_callbacks: 1 })
    await old.drop()
    const migrated = await createTestDatabase()
    await expect(restoreInto(migrated, older)).rejects.toThrow(
      'is from an older Callboard, and this database already has 0030',
    )
    await migrated.drop()
    await restoreInto(target, older)
    expect((await target.db.execute(sql`select id from llm_callbacks`)).rows).toEqual([{ id }])
    expect(await migrateUp(target.url, migrationsFolder)).toEqual([])
  })
})

describe('a backup, while it is made', () => {
  test('is of one moment, whatever is written meanwhile', async () => {
    const busy = await createTestDatabase()
    await insertCallback(busy.db)
    const before = await contentOf(busy.db)
    const blocker = new pg.Client({ connectionString: busy.url })
    await blocker.connect()
    await blocker.query('begin; lock table llm_callback_views in access exclusive mode')
    const hot = path.join(folder, 'hot.ndjson.gz')
    const backingUp = backUp({ url: busy.url, file: hot, version: '1.2.3' })
    const waits = () =>
      blocker.query("select from pg_locks where not granted and relation = 'llm_callback_views'::regclass")
    await expect.poll(async () => (await waits()).rowCount).toBe(1)
    const late = await insertCallback(busy.db)
    await blocker.query(
      'insert into llm_callback_views (callback_id, admin_user_id, seq) values ($1, gen_random_uuid(), $2)',
      [late.id, late.seq],
    )
    await blocker.query('commit')
    await blocker.end()
    await backingUp
    await busy.drop()
    await restoreInto(target, hot)
    expect(await contentOf(target.db)).toEqual(before)
  })

  test('is readable by its owner alone, has its name only when whole, and replaces no file', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(file)
    await expect(backUp({ url: source.url, file, version: '1.2.3' })).rejects.toThrow('exists already')
    expect(readFileSync(file)).toEqual(bytes)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })

  test('of a database without Callboard is refused, and leaves no file', async () => {
    const none = path.join(folder, 'none.ndjson.gz')
    await expect(backUp({ url: target.url, file: none, version: '1.2.3' })).rejects.toThrow('There is no Callboard')
    expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([])
  })

  test('by a role that row level security hides the rows from is an error, not an empty backup', async () => {
    await source.db.execute(sql`
      do $$ begin create role hidden_from login password 'hidden'; exception when duplicate_object then null; end $$;
      grant select on all tables in schema public to hidden_from;
      grant select on all sequences in schema public to hidden_from`)
    const url = new URL(source.url)
    url.username = 'hidden_from'
    url.password = 'hidden'
    const hidden = path.join(folder, 'hidden.ndjson.gz')
    await expect(backUp({ url: url.href, file: hidden, version: '1.2.3' })).rejects.toMatchObject({ code: '42501' })
    expect(readdirSync(folder).filter((name) => name.startsWith('hidden'))).toEqual([])
  })
})

/** A backup of these lines, with an end that fits them. */
function forge(name: string, change: (lines: string[]) => string[]): string {
  const lines = change(gunzipSync(readFileSync(file)).toString().split('\n').slice(0, -2))
  const rows: Record<string, number> = {}
  for (const [, table = ''] of lines.join('\n').matchAll(/^\{"table":"(\w+)"/gm)) rows[table] = (rows[table] ?? 0) + 1
  const body = `${lines.join('\n')}\n`
  const sha256 = createHash('sha256').update(body).digest('hex')
  const forged = path.join(folder, name)
  writeFileSync(forged, gzipSync(`${body}${JSON.stringify({ end: 'callboard-backup', rows, sha256 })}\n`))
  return forged
}

describe('what is refused changes nothing', () => {
  const damaged = (name: string, bytes: Uint8Array) => {
    const where = path.join(folder, name)
    writeFileSync(where, bytes)
    return where
  }

  test('a file that was cut off anywhere', async () => {
    const bytes = readFileSync(file)
    const lines = gunzipSync(bytes).toString().split('\n')
    const cuts = [1, 10, 100, bytes.length >> 1, bytes.length - 9, bytes.length - 1].map((length) =>
      bytes.subarray(0, length),
    )
    const whole = [lines.slice(0, -2), lines.slice(0, -5), lines.slice(0, 1)].map((some) =>
      gzipSync(`${some.join('\n')}\n`),
    )
    for (const cut of [...cuts, ...whole, gzipSync(lines.slice(0, -1).join('\n').slice(0, -1))]) {
      await expect(restoreInto(target, damaged('cut', cut))).rejects.toThrow(/cut off|damaged|no Callboard backup/)
    }
    expect(await dumpSchema(target.db)).not.toContain('callboard')
  })

  test('a file that is not what was written', async () => {
    const bytes = readFileSync(file)
    const text = gunzipSync(bytes).toString()
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1
    const altered = [
      flipped,
      gzipSync(text.replace('ana@example.com', 'eve@example.com')),
      gzipSync(text.replace(/\{"table":"auth_users".*\n/, '')),
      gzipSync(`${text}${text}`),
      gzipSync(`${text}{"table":"auth_users","row":{}}\n`),
      Buffer.from(text),
      gzipSync('{}\n'),
      gzipSync(''),
      Buffer.alloc(0),
    ]
    for (const bytesThere of altered) {
      await expect(restoreInto(target, damaged('altered', bytesThere))).rejects.toThrow(
        /cut off|damaged|no Callboard backup/,
      )
    }
    expect(await dumpSchema(target.db)).not.toContain('callboard')
  })

  test('a backup of a newer Callboard, by its schema, its format or a table', async () => {
    const schema = forge('schema', ([header = '', ...rows]) => [
      header.replace('"0030_', '"0029_of_later","0030_'),
      ...rows,
    ])
    await expect(restoreInto(target, schema)).rejects.toThrow('does not know 0029_of_later')
    const format = forge('format', ([header = '', ...rows]) => [header.replace('"version":1', '"version":2'), ...rows])
    await expect(restoreInto(target, format)).rejects.toThrow('made by a newer Callboard')
    expect(await dumpSchema(target.db)).not.toContain('callboard')
    const table = forge('table', (lines) => [...lines, '{"table":"of_later","row":{"id":1}}'])
    await expect(restoreInto(target, table)).rejects.toThrow('rows of of_later')
    expect(Object.values(await contentOf(target.db)).flat()).toHaveLength(1)
  })

  test('a row that the database does not take, at the very end: nothing of what came before it stays', async () => {
    const twice = forge('twice', (lines) => [...lines, lines.at(-1) ?? ''])
    await expect(restoreInto(target, twice)).rejects.toMatchObject({ code: '23505' })
    const { sources, ...others } = await contentOf(target.db)
    expect(sources).toHaveLength(1)
    expect(Object.values(others).flat()).toEqual([])
    await restoreInto(target)
    expect(await contentOf(target.db)).toEqual(content)
  })

  test.each(['a callback', 'a user', 'a tombstone'])('a database that has %s already', async (what) => {
    await migrateUp(target.url, migrationsFolder)
    if (what === 'a callback') await insertCallback(target.db)
    if (what === 'a user') await createAdmin(target.db, admin)
    if (what === 'a tombstone') {
      await insertCallback(target.db)
      await pruneCallbacks(target.db, { olderThanMs: 0 })
    }
    const before = await contentOf(target.db)
    await expect(restoreInto(target)).rejects.toThrow('The database is in use')
    expect(await contentOf(target.db)).toEqual(before)
  })
})

test('every table is either in a backup or left out on purpose', async () => {
  const { rows } = await source.db.$client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  )
  const known = new Set([...backedUpTables.map(({ name }) => name), ...Object.keys(leftOutTables), ...rebuiltTables])
  const unknown = rows.filter(({ name }) => !known.has(name) && !name.startsWith(leftOutPrefix))
  expect(unknown).toEqual([])
})
