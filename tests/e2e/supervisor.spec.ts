import path from 'node:path'
import { expect, test } from '@playwright/test'
import { readRunFile } from '@/server/data-dir/run-file'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { signalPostgres } from './support/postgres'
import { startProcess } from './support/process'

const root = path.resolve(import.meta.dirname, '../..')
let callboard: RunningCallboard

test.beforeAll(async () => {
  callboard = await startCallboard()
  // That it is ready is told by another pipe.
  await callboard.process.waitFor('"consolePid"', 5_000)
})
test.afterAll(() => callboard.remove())

const consolePid = () => Number(/"consolePid":(\d+)(?!.*"consolePid")/s.exec(callboard.process.output())?.[1])

test('case 63: of ten more starts on the same DATA_DIR, five at a time, each is refused and says which process has it', async () => {
  const env = { DATA_DIR: callboard.dataDir, PORT: '0' }
  const startAgain = async () => {
    const again = startProcess(process.execPath, ['dist/cli.js', 'start'], { cwd: root, env })
    expect(await again.ended()).toBe(1)
    expect(again.output()).toContain(`in use by process ${readRunFile(callboard.dataDir)?.pid}`)
  }
  for (let round = 0; round < 2; round++) await Promise.all(Array.from({ length: 5 }, startAgain))
  expect(await callboard.post({ event: 'workflow.completed', job_id: 'after ten refused starts' })).toMatchObject({
    status: 200,
  })
})

test('case 64: webhooks go on while the console is dead, and it is back within seconds', async () => {
  const before = consolePid()
  process.kill(before, 'SIGKILL')
  expect(await callboard.post({ event: 'workflow.completed', job_id: 'while the console is dead' })).toMatchObject({
    status: 200,
  })
  const signInPage = async () => (await fetch(`${callboard.url}/sign-in`)).status
  await expect.poll(signInPage, { timeout: 20_000 }).toBe(200)
  expect(consolePid()).not.toBe(before)
})

test('case 63: after a SIGKILL the next start takes over, finds every acknowledged callback, and knows its retry', async () => {
  const body = { event: 'workflow.completed', job_id: 'before the kill', timestamp: '2026-11-23T10:00:00Z' }
  const first = await callboard.post(body)
  const { pid } = readRunFile(callboard.dataDir) ?? { pid: 0 }
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => readRunFile(callboard.dataDir)).toBeNull()
  await callboard.restart()
  const retry = await callboard.post({ ...body, timestamp: '2026-11-23T10:00:05Z' })
  expect(retry).toEqual({ status: 200, json: { ...first.json, duplicate: true } })
})

test('the console’s own port is closed to whoever does not come through the front door', async () => {
  const port = /"consolePort":(\d+)(?!.*"consolePort")/s.exec(callboard.process.output())?.[1]
  expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(403)
  expect((await fetch(`${callboard.url}/sign-in`)).status).toBe(200)
})

test('liveness and readiness are answered without a session, and nothing else of another host', async ({ request }) => {
  expect(await (await request.get(`${callboard.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await request.get(`${callboard.url}/readyz`)).json()).toEqual({ status: 'ready' })
  const forged = await request.get(`${callboard.url}/sign-in`, { headers: { host: 'evil.example' } })
  expect(forged.status()).toBe(421)
})

test('no log line holds the secret, the database’s password, or a payload', async () => {
  await callboard.post({ event: 'workflow.completed', job_id: 'canary-job', result: { text: 'canary-payload' } })
  await callboard.post('{"event": canary-broken')
  const output = callboard.process.output()
  const run = readRunFile(callboard.dataDir)
  const password = new URL(run?.databaseUrl ?? '').password
  expect(password.length).toBeGreaterThan(20)
  expect(output).not.toContain(password)
  expect(output).not.toContain('canary')
  const logLines = output.split('\n').filter((line) => line.startsWith('{'))
  expect(logLines.length).toBeGreaterThan(2)
  for (const line of logLines) expect(JSON.parse(line)).toHaveProperty('level')
})

test('SIGTERM ends it with 0, and PostgreSQL with it, also when npm and a service manager both send one', async () => {
  const databaseUrl = new URL(readRunFile(callboard.dataDir)?.databaseUrl ?? '')
  process.kill(readRunFile(callboard.dataDir)?.pid ?? 0, 'SIGTERM')
  expect(await callboard.process.stop()).toBe(0)
  await expect(fetch(`http://127.0.0.1:${databaseUrl.port}/`)).rejects.toThrow('fetch failed')
  expect(readRunFile(callboard.dataDir)).toBeNull()
})

test('case 60: with its own PostgreSQL frozen SIGTERM is over in 5 s too; thawed it ends, and the next start has all callbacks', async () => {
  await callboard.restart()
  const body = { event: 'workflow.completed', job_id: 'before the frost', timestamp: '2026-11-23T10:00:00Z' }
  const first = await callboard.post(body)
  const clusterDir = /"clusterDir":"([^"]+)"/.exec(callboard.process.output())?.[1] ?? ''
  signalPostgres(clusterDir, 'SIGSTOP')
  try {
    const startedAt = performance.now()
    expect(await callboard.process.stop()).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  } finally {
    signalPostgres(clusterDir, 'SIGCONT')
  }
  await callboard.restart()
  expect(await callboard.post(body)).toEqual({ status: 200, json: { ...first.json, duplicate: true } })
})
