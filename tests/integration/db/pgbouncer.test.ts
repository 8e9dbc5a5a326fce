import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { migrateDown, migrateUp, migrationStatus } from '@/db/migrate'
import { followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { createReceiver } from '@/lib/llm-callbacks/receive/create-receiver'
import { receiveCallback } from '@/lib/llm-callbacks/receive/receive-callback'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { freePort } from '@/server/free-port'
import { postgresOsUser } from '@/server/postgres/os-user'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { migrationsFolder } from '../../support/database-url'
import { insertCallback } from '../../support/insert-callback'

const hasPgBouncer = isInstalled()
const secret = 'the secret of the pooler test, long enough'
const adminId = '0b0e7d1c-2f0a-4d27-8a3a-3f1d3b9f6a10'

let database: TestDatabase
let folder: string
let pooler: ChildProcess
let pooledUrl: string

function isInstalled(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Two server connections for many clients: whoever relies on a session of its own fails at once. */
async function startPooler(): Promise<void> {
  const target = new URL(database.url)
  const port = await freePort()
  folder = mkdtempSync(path.join(tmpdir(), 'callboard-pgbouncer-'))
  const users = path.join(folder, 'users.txt')
  writeFileSync(users, `"${target.username}" "${target.password}"\n`)
  const config = path.join(folder, 'pgbouncer.ini')
  writeFileSync(
    config,
    `[databases]
* = host=127.0.0.1 port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
`,
  )
  const osUser = postgresOsUser()
  if (osUser) for (const file of [folder, users, config]) chownSync(file, osUser.uid, osUser.gid)
  chmodSync(folder, 0o700)
  pooler = spawn('pgbouncer', ['-q', config], { ...osUser, stdio: 'ignore' })
  pooledUrl = `postgres://${target.username}:${target.password}@127.0.0.1:${port}${target.pathname}`
  await vi.waitFor(() => migrationStatus(pooledUrl, migrationsFolder), { timeout: 10_000 })
}

if (!hasPgBouncer && !process.env.CI) {
  test('PgBouncer is not here (Debian: apt-get install pgbouncer): transaction pooling is tested in CI', () => {
    expect(hasPgBouncer).toBe(false)
  })
} else {
  beforeAll(async () => {
    database = await createTestDatabase('empty')
    await startPooler()
  })

  afterAll(async () => {
    pooler.kill('SIGTERM')
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('migrations, receiving, checking and reading work through a pooler in transaction mode', async () => {
    const names = await migrateUp(pooledUrl, migrationsFolder)
    await migrateDown(pooledUrl, migrationsFolder, names.length)
    await Promise.all([migrateUp(pooledUrl, migrationsFolder), migrateUp(pooledUrl, migrationsFolder)])

    const db = createDatabase(pooledUrl, { connectionsMax: 8 })
    try {
      const settings = {
        webhookSecrets: [secret],
        callboardSecret: 'x'.repeat(32),
        bodyBytesMax: 1_048_576,
        publicUrl: () => 'http://localhost:3000',
      }
      const context = await createReceiver(db, settings, pino({ level: 'silent' }))
      const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => post(context, `job ${index % 150}`)))
      expect(answers.every((answer) => answer.status === 200)).toBe(true)
      await context.recorder.drain()
      await context.close()
      await expectReadable(db)
    } finally {
      await db.$client.end()
    }
  })

  test('case 62: through it a LISTEN hears nothing, and readers catch up within a second by polling', async () => {
    const db = createDatabase(pooledUrl, { connectionsMax: 4 })
    const feed = followFeed({ db, directUrl: pooledUrl, onError: () => {} })
    const subscription = await feed.subscribe(null)
    try {
      for (let round = 0; round < 3; round++) {
        const { id } = await insertCallback(db)
        const storedAt = performance.now()
        const batch = await subscription.next(50)
        expect(batch).toMatchObject({ kind: 'items', items: [{ id }] })
        // The second is the poll's; the rest is for a busy machine.
        expect(performance.now() - storedAt).toBeLessThan(1_800)
      }
    } finally {
      subscription.close()
      await db.$client.end()
    }
  })
}

function post(context: Awaited<ReturnType<typeof createReceiver>>, jobId: string) {
  const body = Buffer.from(JSON.stringify({ event: 'workflow.completed', job_id: jobId }))
  const headers: Record<string, string> = { 'x-webhook-signature': signHmacSha256Hex(body, secret) }
  return receiveCallback(
    {
      method: 'POST',
      slug: 'llm-callback',
      target: '/api/webhooks/llm-callback',
      headerNames: () => [],
      clientAddress: () => '127.0.0.1',
      header: (name) => headers[name] ?? null,
      readBody: async () => body,
    },
    context,
  )
}

async function expectReadable(db: Database): Promise<void> {
  const { rows } = await db.$client.query(
    'select count(*)::int as rows, sum(delivery_count)::int as deliveries from llm_callbacks',
  )
  expect(rows).toEqual([{ rows: 150, deliveries: 200 }])
  const recent = await getRecentCallbacks(null, 20, adminId, db)
  expect(recent.items).toHaveLength(20)
  expect(recent.unviewedCount).toBe(150)
  const [first] = recent.items
  expect(first && (await getCallbackById(first.id, adminId, db))?.callbackId).toBe(first?.callbackId)
}
