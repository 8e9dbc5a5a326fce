import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { secretFiles } from '@/server/data-dir/kept-secret'
import { readRunFile } from '@/server/data-dir/run-file'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { rootHome } from '@/server/postgres/layout'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { runCallboard } from './support/run-callboard'

const isRoot = process.getuid?.() === 0
/** The OS user `nobody` of Debian, Ubuntu and Alpine. */
const nobody = { uid: 65_534, gid: 65_534 }
const frontDoorAlone = { parameters: ['--no-console'] }

// Each of these makes a cluster or two.
test.describe.configure({ timeout: 3 * 60_000 })

const folders: string[] = []
const running: RunningCallboard[] = []

/** An empty folder that goes when the test ends, with what root's PostgreSQL kept for it elsewhere. */
function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-operate-'))
  folders.push(folder)
  return folder
}

async function start(...parameters: Parameters<typeof startCallboard>): Promise<RunningCallboard> {
  const callboard = await startCallboard(...parameters)
  running.push(callboard)
  return callboard
}

test.afterEach(async () => {
  for (const callboard of running.splice(0)) await callboard.remove()
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true })
    rmSync(rootHome(folder), { recursive: true, force: true })
  }
})

/** Three callbacks that are told apart by more than their job, as their sender sends them at this time. */
const deliveries = (timestamp: string) => [
  { event: 'workflow.completed', job_id: 'moved', result: 'one', timestamp },
  { event: 'workflow.completed', job_id: 'moved', result: 'two', timestamp },
  { event: 'llm.step.completed', job_id: 'moved', step_id: 'plan', timestamp },
]

type Answer = Awaited<ReturnType<RunningCallboard['post']>>

async function deliver(callboard: RunningCallboard, timestamp: string): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const body of deliveries(timestamp)) answers.push(await callboard.post(body))
  return answers
}

async function query(callboard: RunningCallboard, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: readRunFile(callboard.dataDir)?.databaseUrl })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const asDuplicates = (answers: readonly Answer[]) =>
  answers.map(({ json }) => ({ status: 200, json: { ...json, duplicate: true } }))

test('admins are listed and get a new password, and nothing secret is printed', async () => {
  const { dataDir } = await start({}, frontDoorAlone)
  const env = { DATA_DIR: dataDir, ADMIN_PASSWORD: undefined, ADMIN_EMAIL: undefined }
  const made = runCallboard(['admin', 'create', '--email', 'ben@example.com', '--name', 'Ben\u001b[31m'], {
    env,
    input: `${admin.password}\n`,
  })
  expect(made).toMatchObject({ status: 0, stdout: 'ben@example.com may sign in now\n' })
  const list = runCallboard(['admin', 'list'], { env })
  expect(list.status).toBe(0)
  expect(list.stdout.split('\n')).toEqual([
    'NAME      E-MAIL           ROLE   BLOCKED  LAST ACTIVE',
    'ana       ana@example.com  owner  no       signed out',
    'Ben␛[31m  ben@example.com  admin  no       signed out',
    '',
  ])
  const reset = ['admin', 'reset-password', '--email']
  expect(runCallboard([...reset, 'Ben@example.com'], { env, input: 'another long password\n' })).toMatchObject({
    status: 0,
    stdout: 'ben@example.com signs in with the new password from now on; sessions ended: 0\n',
  })
  const refused = [
    runCallboard([...reset, 'eve@example.com'], { env, input: 'another long password\n' }),
    runCallboard([...reset, 'ben@example.com'], { env, input: 'canary\n' }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([1, 1])
  expect(refused[0]?.stderr).toBe('callboard: There is no user with the e-mail address eve@example.com.\n')
  expect(refused[1]?.stderr).toContain('at least 12')
  expect(refused[1]?.stderr).not.toContain('canary')
})

test('prune says how many there are, refuses what can’t be meant, and keeps a late retry a duplicate', async () => {
  const callboard = await start({}, frontDoorAlone)
  const env = { DATA_DIR: callboard.dataDir }
  const first = await deliver(callboard, '2026-11-23T10:00:00Z')
  const prune = (...parameters: string[]) => runCallboard(['prune', ...parameters], { env })
  expect(prune('--older-than', '1h', '--dry-run')).toMatchObject({ status: 0, stdout: '0 would be deleted\n' })
  expect(prune('--older-than', '1h').stdout).toBe('0 deleted\n')
  const refused = [prune(), prune('--older-than', '30'), prune('--older-than', '59m')]
  expect(refused.map(({ status }) => status)).toEqual([1, 1, 1])
  expect(refused[1]?.stderr).toContain('must be a whole number and a unit: 90m, 12h, 30d or 8w')
  expect(refused[2]?.stderr).toContain('Less than an hour')
  await query(callboard, "update llm_callbacks set created_at = created_at - interval '30 minutes'")
  expect(prune('--older-than', '1h').stdout).toBe('0 deleted\n')
  expect(prune('--older-than', '10m', '--allow-under-1h')).toMatchObject({
    status: 0,
    stdout: '3 deleted\n',
  })
  expect(await query(callboard, 'select from llm_callbacks')).toEqual([])
  expect(await deliver(callboard, '2026-11-23T10:00:05Z')).toEqual(asDuplicates(first))
})

test('from the embedded database to one in DATABASE_URL: a retry after the move is a duplicate (cases 14, 46)', async () => {
  const embedded = await start({}, frontDoorAlone)
  const { dataDir } = embedded
  const first = await deliver(embedded, '2026-11-23T10:00:00Z')
  const file = path.join(newFolder(), 'callboard.ndjson.gz')
  const backup = runCallboard(['backup', file], { env: { DATA_DIR: dataDir } })
  expect(backup).toMatchObject({ status: 0 })
  expect(backup.stdout).toContain('           3  llm_callbacks\n')
  expect(backup.stdout).toContain(`backed up to ${file}\n`)
  await embedded.process.stop()

  const password = 'only-for-this-test'
  const postgres = await startEmbeddedPostgres({ dataDir: newFolder(), password })
  try {
    const variables = {
      DATABASE_URL: postgres.url,
      CALLBOARD_SECRET: readFileSync(path.join(dataDir, secretFiles.callboard), 'utf8').trim(),
      LLM_WEBHOOK_SECRET: readFileSync(path.join(dataDir, secretFiles.webhook), 'utf8').trim(),
    }
    const restore = () => runCallboard(['restore', file], { env: { DATA_DIR: dataDir, ...variables } })
    expect(restore()).toMatchObject({ status: 0 })
    const again = restore()
    expect(again.status).toBe(1)
    expect(again.stderr).toContain('The database is in use')
    const moved = await start(variables, { ...frontDoorAlone, dataDir })
    expect(await deliver(moved, '2026-11-23T10:00:05Z')).toEqual(asDuplicates(first))
    await moved.process.stop()
  } finally {
    await postgres.stop()
  }
})

test('from a stopped Callboard into a fresh DATA_DIR, as when PostgreSQL’s major changes: a retry is a duplicate', async () => {
  const before = await start({}, frontDoorAlone)
  const first = await deliver(before, '2026-11-23T10:00:00Z')
  await before.process.stop()
  const file = path.join(newFolder(), 'callboard.ndjson.gz')
  expect(runCallboard(['backup', file], { env: { DATA_DIR: before.dataDir } }).status).toBe(0)
  const dataDir = newFolder()
  for (const name of [secretFiles.callboard, secretFiles.webhook]) {
    cpSync(path.join(before.dataDir, name), path.join(dataDir, name))
  }
  const restore = runCallboard(['restore', file], { env: { DATA_DIR: dataDir } })
  expect(restore).toMatchObject({ status: 0 })
  expect(restore.stdout).toContain(`restored from ${file}`)
  const after = await start({}, { ...frontDoorAlone, dataDir })
  expect(await deliver(after, '2026-11-23T10:00:05Z')).toEqual(asDuplicates(first))
})

/** As docs/operate/backup-and-restore.md has it. */
const copyRootCluster = `
home() { echo /var/lib/callboard/$(printf %s "$1" | sha256sum | cut -c1-16); }
mkdir -p "$(home "$2")"
cp -a "$(home "$1")/cluster" "$(home "$2")/"`

async function copyColdAndRetry(user?: typeof nobody): Promise<void> {
  const from = newFolder()
  if (user) chownSync(from, user.uid, user.gid)
  const before = await start({}, { ...frontDoorAlone, dataDir: from, user })
  const first = await deliver(before, '2026-11-23T10:00:00Z')
  await before.process.stop()
  const to = newFolder()
  execFileSync('sh', ['-c', 'cp -a "$1/." "$2/"', 'sh', from, to])
  if (isRoot && !user) execFileSync('sh', ['-c', copyRootCluster, 'sh', from, to])
  const after = await start({}, { ...frontDoorAlone, dataDir: to, user })
  const restored = runCallboard(['restored'], { env: { DATA_DIR: to }, user })
  expect(restored).toMatchObject({ status: 0, stderr: '' })
  expect(restored.stdout).toContain('every cursor from before is answered with reset')
  expect(await deliver(after, '2026-11-23T10:00:05Z')).toEqual(asDuplicates(first))
}

test('a cold copy of DATA_DIR starts elsewhere, and a retry there is a duplicate', () => copyColdAndRetry())

test('a cold copy starts elsewhere as an ordinary user, too', async () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const canEnter = isRoot && spawnSync('ls', [path.join(root, 'dist')], { ...nobody, stdio: 'ignore' }).status === 0
  test.skip(!canEnter, 'needs root, and a clone that other users may enter')
  await copyColdAndRetry(nobody)
})
