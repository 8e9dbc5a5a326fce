import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import pg from 'pg'
import { migrateUp } from '@/db/migrate'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { freePort } from '@/server/free-port'
import { readRows } from '../support/callback-rows'
import { migrationsFolder } from '../support/database-url'
import { openRawSocket, requestHead, statusesIn } from '../support/raw-socket'
import { hexHmac, verdict } from '../support/webhook-bodies'
import { launchCallboard, type RunningFrontDoor, startFrontDoor } from './support/front-door'
import { deliver, postWebhook } from './support/post-webhook'
import { test } from './support/postgres'
import { moveToSmallDisk } from './support/small-disk'

let callboard: RunningFrontDoor | null = null
test.afterEach(async () => {
  await callboard?.remove()
  callboard = null
})

test('case 56: with PostgreSQL frozen each callback is 503 within a second, and after it thaws the retries make exactly the set', async ({
  postgres,
  database,
}) => {
  callboard = await startFrontDoor(database.url)
  const { url } = callboard
  const before = await Promise.all(Array.from({ length: 40 }, () => postWebhook(url, verdict())))
  expect(before.map(({ status }) => status)).toEqual(Array(40).fill(200))
  const bodies = Array.from({ length: 40 }, () => verdict())
  postgres.freeze()
  try {
    // Two rounds: one finds a connection that was open, the other has to wait for the first one's statement.
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(bodies.map((body) => postWebhook(url, body)))
      expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(503))
      expect(answers.map(({ retryAfter }) => retryAfter)).toEqual(Array(40).fill('2'))
      expect(Math.max(...answers.map(({ afterMs }) => afterMs))).toBeLessThan(1_000)
    }
  } finally {
    postgres.thaw()
  }
  await Promise.all(bodies.map((body) => deliver([url], () => body)))
  const rows = await readRows(database.db)
  expect(rows).toHaveLength(80)
  for (const body of bodies) expect(rows.filter(({ raw }) => raw.equals(body))).toHaveLength(1)
})

test('case 56: a body that takes its time gets its 503 within a second of its last byte', async ({
  postgres,
  database,
}) => {
  callboard = await startFrontDoor(database.url)
  const body = verdict()
  const socket = await openRawSocket(callboard.port)
  postgres.freeze()
  try {
    const lines = [`X-Webhook-Signature: sha256=${hexHmac(body)}`, `Content-Length: ${body.length}`]
    await socket.write(requestHead(lines))
    // Longer than the second that an answer may take: what the sender needs for itself does not count.
    await sleep(1_200)
    await socket.write(body)
    const sentAt = performance.now()
    expect(statusesIn(await socket.until(/\r\n\r\n.*\}/s))).toEqual([503])
    expect(performance.now() - sentAt).toBeLessThan(1_000)
  } finally {
    postgres.thaw()
    socket.destroy()
  }
})

test('case 57: with PostgreSQL’s connections used up by others callbacks are 503 with Retry-After, and 200 once there is one', async ({
  postgres,
  database,
}) => {
  callboard = await startFrontDoor(database.url)
  const { url } = callboard
  const others: pg.Client[] = []
  try {
    await takeAllConnections(postgres.url, others)
    await others[0]?.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and application_name = 'callboard'",
      [database.name],
    )
    await takeAllConnections(postgres.url, others)
    const body = verdict()
    const answer = await postWebhook(url, body)
    expect(answer).toMatchObject({ status: 503, retryAfter: '2' })
    expect(answer.afterMs).toBeLessThan(1_000)
    await Promise.all(others.splice(0).map((client) => client.end()))
    expect(await deliver([url], () => body)).toMatchObject({ json: { duplicate: false } })
  } finally {
    await Promise.all(others.map((client) => client.end()))
  }
  expect(await readRows(database.db)).toHaveLength(1)
})

/** Opens connections until there is none left to be had. */
async function takeAllConnections(url: string, taken: pg.Client[]): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      taken.push(client)
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' })
      return
    }
  }
}

test('case 58: on a full disk callbacks are 503 and reading works; with room again they are 200 without a restart', async ({
  database,
}) => {
  callboard = await startFrontDoor(database.url)
  const { url, process: running } = callboard
  const kept = await postWebhook(url, verdict())
  const disk = await moveToSmallDisk(database.db, `small_${database.name}`)
  try {
    await disk.fill()
    const body = verdict({ result: 'x'.repeat(200_000) })
    const refused = await postWebhook(url, body)
    expect(refused).toMatchObject({ status: 503, retryAfter: '2', json: { code: 'unavailable' } })
    await expect.poll(running.output).toContain('"sqlState":"53100"')
    const { items } = await getRecentCallbacks(null, 20, '0b0e7d1c-2f0a-4d27-8a3a-3f1d3b9f6a10', database.db)
    expect(items).toMatchObject([{ id: kept.json.id }])

    await disk.grow()
    expect(await deliver([url], () => body)).toMatchObject({ json: { duplicate: false } })
    expect((await readRows(database.db)).map(({ raw }) => raw.length)).toContain(body.length)
  } finally {
    await disk.remove()
  }
})

test('case 59: with synchronous_commit off it refuses to start, and starts with a loud warning when told so in so many words', async ({
  postgres,
  database,
}) => {
  await postgres.run(`alter database ${database.name} set synchronous_commit = off`)
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-e2e-'))
  const refused = launchCallboard(database.url, await freePort(), dataDir)
  expect(await refused.ended()).toBe(1)
  expect(refused.output()).toContain('callboard: synchronous_commit is off')
  rmSync(dataDir, { recursive: true, force: true })

  callboard = await startFrontDoor(database.url, {
    variables: { UNSAFE_ASYNCHRONOUS_COMMIT: 'i-accept-losing-acknowledged-callbacks' },
  })
  expect((await postWebhook(callboard.url, verdict())).status).toBe(200)
  for (let start = 1; start <= 2; start++) {
    expect(callboard.process.output()).toMatch(/"level":"warn".*"msg":"UNSAFE: synchronous_commit is off/)
    expect(callboard.process.output()).toMatch(/^UNSAFE: synchronous_commit is off/m)
    if (start === 1) await callboard.process.stop()
    if (start === 1) await callboard.restart()
  }
})

test('case 65: a migration that fails ends the start with 1 and its reason, and nothing ever listens', async ({
  database,
}) => {
  await database.db.$client.query('create table llm_callbacks ()')
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-e2e-'))
  const port = await freePort()
  const failed = launchCallboard(database.url, port, dataDir)
  let hasListened = false
  const watch = setInterval(() => {
    const probe = connect({ port, host: '127.0.0.1' })
    probe.on('connect', () => {
      hasListened = true
    })
    probe.on('error', () => {})
  }, 20)
  expect(await failed.ended()).toBe(1)
  clearInterval(watch)
  expect(hasListened).toBe(false)
  expect(failed.output()).toMatch(
    /callboard: Migration 0031_add_llm_callbacks_tables \(up\) failed, nothing of it was kept: .*already exists/,
  )
  expect(existsSync(path.join(dataDir, 'run.json'))).toBe(false)
  // What is wrong can be put right, and the same start then goes on from there.
  await database.db.$client.query('drop table llm_callbacks')
  expect(await migrateUp(database.url, migrationsFolder)).not.toContain('0030_add_auth_tables')
  rmSync(dataDir, { recursive: true, force: true })
})
