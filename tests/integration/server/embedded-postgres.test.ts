import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { rootHome } from '@/server/postgres/layout'
import { findPostmaster } from '@/server/postgres/postmaster'

const password = 'only-for-this-test'
let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-postgres-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(rootHome(dataDir), { recursive: true, force: true })
})

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('a fresh directory becomes a cluster with fsync, scram and UTF-8; an existing one keeps its data', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password })
  const settings = await query(
    first.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listen`,
  )
  expect(settings).toEqual([{ fsync: 'on', synchronous_commit: 'on', encoding: 'UTF8', listen: '127.0.0.1' }])
  const sizes = await query(
    first.url,
    `select current_setting('wal_segment_size') as segment, current_setting('min_wal_size') as least,
      current_setting('max_wal_size') as most`,
  )
  expect(sizes).toEqual([{ segment: '4MB', least: '80MB', most: '1GB' }])
  const stored = await query(
    first.url,
    "select rolpassword like 'SCRAM-SHA-256$%' as scram from pg_authid where rolname = 'callboard'",
  )
  expect(stored).toEqual([{ scram: true }])
  await expect(query(first.url.replace(password, 'wrong'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
  await query(first.url, 'create table kept as select 1 as one')
  await first.stop()
  expect(findPostmaster(first.clusterDir)).toBeNull()

  const second = await startEmbeddedPostgres({ dataDir, password })
  expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }])
  await second.stop()
})

test('case 63: a server that outlived a killed Callboard is adopted, not fought', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password })
  const before = findPostmaster(first.clusterDir)
  const second = await startEmbeddedPostgres({ dataDir, password })
  expect(findPostmaster(second.clusterDir)).toEqual(before)
  expect(second.url).toBe(first.url)
  await second.stop()
})

test('a server that crashed is started again on the same port, with what it had committed', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  await query(postgres.url, 'create table kept as select 1 as one')
  process.kill(findPostmaster(postgres.clusterDir)?.pid ?? 0, 'SIGQUIT')
  await expect.poll(() => findPostmaster(postgres.clusterDir)).toBeNull()
  await postgres.ensureRunning()
  expect(await query(postgres.url, 'select one from kept')).toEqual([{ one: 1 }])
  await postgres.stop()
})

test('no statement and no value of a failed statement reaches PostgreSQL’s log', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  await expect(query(postgres.url, "select 'canary-in-a-payload'::int")).rejects.toMatchObject({ code: '22P02' })
  await expect(
    query(postgres.url, "do $$ begin raise exception using message = 'boom', detail = 'canary-in-a-detail'; end $$"),
  ).rejects.toThrow()
  await postgres.stop()
  const home = process.getuid?.() === 0 ? rootHome(dataDir) : dataDir
  const log = readFileSync(path.join(home, 'postgres.log'), 'utf8')
  expect(log).toContain('database system is ready')
  expect(log).not.toContain('select ')
  expect(log).not.toContain('canary-in-a-detail')
})

test('a cluster of another major version is refused and left as it is', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  await postgres.stop()
  writeFileSync(path.join(postgres.clusterDir, 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataDir, password })).rejects.toThrow(
    /made by PostgreSQL 17, and this Callboard ships 18.*callboard backup.*docs\/operate\/upgrade-postgres\.md/,
  )
})

test('a postmaster.pid that names somebody else’s process by now is no server, and that process is left alone', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  await postgres.stop()
  const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  const stale = `${bystander.pid}\n${postgres.clusterDir}\n1700000000\n5432\n\n127.0.0.1\n`
  writeFileSync(path.join(postgres.clusterDir, 'postmaster.pid'), stale)
  expect(findPostmaster(postgres.clusterDir)).toBeNull()
  await postgres.stop()
  expect(bystander.exitCode).toBeNull()
  bystander.kill()
})

test('data made with another password is named, and the server that was started to find out is stopped', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  await postgres.stop()
  await expect(startEmbeddedPostgres({ dataDir, password: 'made anew' })).rejects.toThrow(
    `${postgres.clusterDir} was made with another password`,
  )
  expect(findPostmaster(postgres.clusterDir)).toBeNull()
})
