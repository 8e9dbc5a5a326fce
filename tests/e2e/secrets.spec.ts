import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { readRunFile } from '@/server/data-dir/run-file'
import { rootHome } from '@/server/postgres/layout'
import { actionNamed, type GuardedCallboard, startGuardedCallboard } from './support/guarded-callboard'
import type { Answer, Sent } from './support/request'

const root = path.resolve(import.meta.dirname, '../..')
const payloadCanary = 'payload-canary-4c1f'
/** An error that quotes what was sent would come with this; what follows would be a line of the log’s own, were it not escaped. */
const forgery = `x\n{"level":"fatal","msg":"forged-line"}\u001b[2J${'y'.repeat(5_000)}`

let callboard: GuardedCallboard
/** Everything that must not be found, by what it is. */
let secrets: Record<string, string>
const answers: Answer[] = []

test.beforeAll(async () => {
  callboard = await startGuardedCallboard({
    CALLBOARD_SECRET: 'callboard-secret-canary-000000000000000000',
    LLM_WEBHOOK_SECRET: 'webhook-secret-canary-0000000000, second-secret-canary-0000000000',
    ADMIN_PASSWORD: 'admin-password-canary',
  })
  secrets = {
    CALLBOARD_SECRET: 'callboard-secret-canary-000000000000000000',
    'the webhook secret': 'webhook-secret-canary-0000000000',
    'the second webhook secret': 'second-secret-canary-0000000000',
    'the admin’s password': 'admin-password-canary',
    'the database’s password': new URL(readRunFile(callboard.dataDir)?.databaseUrl ?? '').password,
    'the session’s cookie': decodeURIComponent(callboard.cookies.admin.split('=')[1] ?? ''),
    'a wrong password that was typed': 'typed-password-canary',
    'a set-up token': await makeSetupToken(),
  }
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(20)
  await useEverything()
})
test.afterAll(() => callboard.remove())

/** A link as `callboard admin link` prints it, for which nobody may have the role at that moment. */
async function makeSetupToken(): Promise<string> {
  await callboard.query("update auth_users set role = 'waiting' where role = 'admin'")
  const env = { ...process.env, DATA_DIR: callboard.dataDir }
  const made = spawnSync(process.execPath, ['dist/cli.js', 'admin', 'link'], { cwd: root, env, encoding: 'utf8' })
  const token = new URL(made.stdout.trim()).searchParams.get('token') ?? ''
  await ask({ path: `/setup?token=${token}` }, { isHolder: true })
  await callboard.query("update auth_users set role = 'admin' where role = 'waiting'")
  return token
}

async function ask(sent: Sent, { isHolder = false } = {}): Promise<void> {
  const answer = await callboard.send(sent)
  // The form that the holder of the token opened holds it, to send it back.
  if (!isHolder) answers.push(answer)
}

/** Goes once through everything that is logged, stored or answered, the failures above all. */
async function useEverything(): Promise<void> {
  const { query, cookies, callbackId, url: origin } = callboard
  const headers = { cookie: cookies.admin }
  await callboard.post({
    event: 'workflow.completed',
    job_id: 'one',
    result: payloadCanary,
    error_message: payloadCanary,
  })
  await callboard.post({ event: 'workflow.completed', job_id: 'nul', result: `${payloadCanary}\0`, huge: '1e999999' })
  await callboard.post(`{"broken": ${payloadCanary}`)
  const unsigned = { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }
  await ask({ method: 'POST', path: '/api/webhooks/llm-callback', headers: unsigned, body: payloadCanary })
  await ask({
    method: 'POST',
    path: '/api/auth/sign-in/email',
    headers: { origin, 'content-type': 'application/json' },
    body: `{"email":"ana@example.com","password":"typed-password-canary"}`,
  })
  await ask({
    method: 'POST',
    path: '/api/auth/sign-in/email',
    headers: { origin, 'content-type': 'application/json' },
    body: `{"password":"typed-password-canary",${forgery}`,
  })
  const pages = [
    '/',
    '/callbacks',
    `/callbacks/${callbackId}`,
    '/sign-in',
    '/setup?token=x',
    '/nothing',
    '/api/nothing',
    '/healthz',
    '/readyz',
  ]
  for (const page of pages) {
    await ask({ path: page, headers })
    await ask({ path: page, headers: { ...headers, rsc: '1' } })
    await ask({ path: page })
  }
  for (const rest of ['', '/check', `/${callbackId}`, '?format=csv', '?cursor=x', '/x/raw']) {
    await ask({ path: `/api/admin/llm-callbacks${rest}`, headers })
  }
  await ask({ path: '/api/auth/get-session', headers })
  await ask({ method: 'POST', path: '/callbacks', headers: { ...headers, origin, 'next-action': 'x' }, body: forgery })
  await ask({
    method: 'POST',
    path: `/callbacks/${callbackId}`,
    headers: { ...headers, origin, 'next-action': actionNamed('markCallbackAsViewed').id },
    body: `{"${forgery}`,
  })
  // A database that fails under the console, and under a webhook.
  for (const table of ['auth_sessions', 'auth_users', 'auth_rate_limits', 'auth_tries', 'llm_callback_views']) {
    await query(`alter table ${table} rename to gone`)
    for (const page of pages.slice(0, 4)) await ask({ path: page, headers })
    await ask({ path: '/api/admin/llm-callbacks', headers })
    await callboard
      .signIn({ email: 'ana@example.com', password: 'typed-password-canary' })
      .then((answer) => answers.push(answer))
    await query(`alter table gone rename to ${table}`)
  }
  await query('alter table llm_callbacks rename to gone')
  await callboard.post({ event: 'workflow.completed', job_id: 'two', result: payloadCanary })
  await ask({ path: `/callbacks/${callbackId}`, headers })
  await query('alter table gone rename to llm_callbacks')
}

/** What is found of them, and where it was looked; the payload only where it has no business. */
function findIn(where: string, text: string, { andPayload }: { andPayload: boolean }): string[] {
  expect([where, text.length > 0]).toEqual([where, true])
  const wanted = andPayload ? { ...secrets, 'a payload': payloadCanary } : secrets
  const forms = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').slice(0, -3),
  ]
  return Object.entries(wanted)
    .filter(([, secret]) => forms(secret).some((form) => text.includes(form)))
    .map(([what]) => `${what} in ${where}`)
}

const logLines = () =>
  callboard.process
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))

test('case 75: no log line holds a secret or a payload, and neither does PostgreSQL’s own log', () => {
  const lines = logLines()
  expect(lines.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThan(3)
  expect(findIn('the log', lines.join('\n'), { andPayload: true })).toEqual([])
  const folders = [callboard.dataDir, rootHome(callboard.dataDir)]
  const file = folders.map((folder) => path.join(folder, 'postgres.log')).find((candidate) => existsSync(candidate))
  expect(findIn('PostgreSQL’s log', readFileSync(file ?? '', 'utf8'), { andPayload: true })).toEqual([])
})

test('case 67: what Next prints of a hostile request is one clipped JSON line of ours each, and forges none', () => {
  const printed = callboard.process.output()
  expect(printed).toContain('"from":"console"')
  // Between the supervisor's words for a person and the log there is nothing else.
  for (const line of logLines()) {
    expect(line.length).toBeLessThan(16_000)
    expect(JSON.parse(line)).toMatchObject({
      level: expect.any(String),
      name: expect.stringMatching(/^(callboard|console)$/),
    })
  }
  expect(printed).not.toMatch(/^\{"level":"fatal"/m)
  expect(printed).not.toContain('\u001b')
})

test('case 75: no row of any table holds a secret', async () => {
  const tables = await callboard.query("select tablename as name from pg_tables where schemaname = 'public'")
  expect(tables.length).toBeGreaterThan(10)
  const hits: string[] = []
  for (const { name } of tables) {
    const rows = await callboard.query(`select t::text as row from ${name} t`)
    if (rows.length > 0) hits.push(...findIn(`${name}`, rows.map(({ row }) => row).join('\n'), { andPayload: false }))
  }
  expect(hits).toEqual([])
  // bytea is written in hex digits, and the body of a callback is one.
  const raw = await callboard.query("select convert_from(raw, 'UTF8') as text from llm_callbacks")
  expect(findIn('a body', raw.map(({ text }) => text).join('\n'), { andPayload: false })).toEqual([])
})

test('case 75: no page, RSC payload, error page or problem answer holds a secret, and no failure a payload', () => {
  const texts = answers.map(({ status, headers, text }) => ({
    status,
    text: `${JSON.stringify({ ...headers, 'set-cookie': '' })}${text}`,
  }))
  expect(texts.filter(({ status }) => status >= 500).length).toBeGreaterThan(5)
  const hits = texts.flatMap(({ status, text }, i) => findIn(`answer ${i}`, text, { andPayload: status >= 400 }))
  expect(hits).toEqual([])
})

test('case 75: no file that browsers load, and none that the build leaves on the disk, holds a secret', () => {
  const folder = path.join(root, '.next')
  const files = ['static', 'server'].flatMap((name) =>
    readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  expect(files.length).toBeGreaterThan(50)
  const hits = files.flatMap((file) => findIn(file, `${readFileSync(file, 'latin1')}.`, { andPayload: true }))
  expect(hits).toEqual([])
})

test('case 75: the secrets that a first start makes are readable by their owner alone', () => {
  for (const name of ['run.json', 'postgres-password']) {
    expect([name, statSync(path.join(callboard.dataDir, name)).mode & 0o077]).toEqual([name, 0])
  }
})
