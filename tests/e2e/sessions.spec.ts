import { request as httpRequest } from 'node:http'
import { expect, test } from '@playwright/test'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { queryDatabase } from './support/database'
import { type Answer, cookieOf, type Sent, sendTo } from './support/request'

const publicUrl = 'https://callboard.example.com'
let callboard: RunningCallboard
let addresses = 0

/** As it is deployed: behind a proxy that ends TLS, which here is the test. */
test.beforeAll(async () => {
  callboard = await startCallboard({ PUBLIC_URL: publicUrl, TRUSTED_PROXIES: '127.0.0.1' })
})
test.afterAll(() => callboard.remove())
test.beforeEach(() => query('truncate auth_tries, auth_rate_limits, auth_known_networks'))

const query = (statement: string, values?: unknown[]) => queryDatabase(callboard.dataDir, statement, values)
const freshAddress = () => `10.2.${addresses >> 8}.${addresses++ & 255}`

/** What a proxy of ours passes on for a visitor. */
function visit(sent: Sent, from = freshAddress()): Promise<Answer> {
  const forwarded = {
    'x-forwarded-for': from,
    'x-forwarded-host': new URL(publicUrl).host,
    'x-forwarded-proto': 'https',
  }
  return sendTo(callboard.url, { ...sent, headers: { origin: publicUrl, ...sent.headers, ...forwarded } })
}

function signIn({
  password = admin.password,
  from,
  cookie = '',
}: {
  password?: string
  from?: string
  cookie?: string
} = {}) {
  const headers = { 'content-type': 'application/json', cookie }
  const body = JSON.stringify({ email: admin.email, password })
  return visit({ method: 'POST', path: '/api/auth/sign-in/email', headers, body }, from)
}

const statusWith = async (cookie: string) =>
  (await visit({ path: '/api/admin/llm-callbacks/check', headers: { cookie } })).status

test('case 72: behind https the session’s cookie is Secure, HttpOnly and SameSite, and browsers are told to stay with https', async () => {
  const answer = await signIn()
  expect(answer.status).toBe(200)
  const cookies = answer.headers['set-cookie'] ?? []
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Secure-callboard\./)
    for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i])
      expect(cookie).toMatch(attribute)
    expect(cookie).not.toMatch(/; Domain=/i)
  }
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
})

test('case 72: whatever session somebody brings along, sign-in gives a new one', async () => {
  const first = cookieOf(await signIn())
  const second = cookieOf(await signIn({ cookie: first }))
  expect(second).not.toBe(first)
  const planted = '__Secure-callboard.session_token=planted-by-a-stranger.AAAA'
  const third = cookieOf(await signIn({ cookie: planted }))
  expect(third).not.toContain('planted')
  expect([await statusWith(planted), await statusWith(third)]).toEqual([401, 200])
})

test('case 72: a signed-out session is over, also for whoever kept its cookie, and the others go on', async () => {
  const [one, two] = [cookieOf(await signIn()), cookieOf(await signIn())]
  expect((await visit({ method: 'POST', path: '/api/auth/sign-out', headers: { cookie: one } })).status).toBe(200)
  expect([await statusWith(one), await statusWith(two)]).toEqual([401, 200])
})

/** An open stream of events; resolves with how long it lived once the server has ended it. */
function openStream(cookie: string): Promise<{ ended: Promise<void>; destroy(): void }> {
  const headers = { host: new URL(callboard.url).host, cookie }
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${callboard.url}/api/admin/llm-callbacks/stream`, { headers, agent: false })
    request.on('error', reject)
    request.on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the stream was answered with ${response.statusCode}`))
      response.resume()
      const ended = new Promise<void>((done) => response.once('close', done))
      resolve({ ended, destroy: () => request.destroy() })
    })
    request.end()
  })
}

test('case 72: sign-out, demotion, a block and a new password each end the session and its open stream within 30 s', async () => {
  test.setTimeout(120_000)
  const people = ['out', 'demoted', 'blocked', 'changed', 'stays'].map((name) => ({
    name,
    email: `${name}@example.com`,
  }))
  const cookies: Record<string, string> = {}
  for (const { name, email } of people) {
    await query(
      `with made as (insert into auth_users (name, email, role) values ($1, $2, 'admin') returning id)
       insert into auth_accounts (user_id, account_id, provider_id, password)
       select made.id, made.id::text, provider_id, password from auth_accounts
       join auth_users admin on admin.id = auth_accounts.user_id and admin.email = $3, made`,
      [name, email, admin.email],
    )
    const body = JSON.stringify({ email, password: admin.password })
    const headers = { 'content-type': 'application/json' }
    cookies[name] = cookieOf(await visit({ method: 'POST', path: '/api/auth/sign-in/email', headers, body }))
  }
  const streams = Object.fromEntries(
    await Promise.all(people.map(async ({ name }) => [name, await openStream(cookies[name] ?? '')] as const)),
  )
  const startedAt = performance.now()
  await visit({ method: 'POST', path: '/api/auth/sign-out', headers: { cookie: cookies.out ?? '' } })
  await query("update auth_users set role = null where name = 'demoted'")
  await query("update auth_users set banned = true where name = 'blocked'")
  await query(
    "update auth_accounts set password = 'other' from auth_users u where u.id = user_id and u.name = 'changed'",
  )
  const statuses = await Promise.all(people.map(({ name }) => statusWith(cookies[name] ?? '')))
  expect(statuses).toEqual([401, 403, 403, 401, 200])

  let hasEnded = false
  streams.stays?.ended.then(() => {
    hasEnded = true
  })
  await Promise.all(['out', 'demoted', 'blocked', 'changed'].map((name) => streams[name]?.ended))
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(hasEnded).toBe(false)
  streams.stays?.destroy()
})

test('case 73: guesses from one IPv6 customer, each from another /64, are limited together', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) statuses.push((await signIn({ password: 'wrong', from: `2001:db8:7:${i}::1` })).status)
  expect(statuses).toEqual([401, 401, 401, 429, 429])
})

test('case 73: guesses from everywhere are limited, the answer says how long, and whoever is known gets in', async () => {
  const home = '198.51.100.20'
  expect((await signIn({ from: home })).status).toBe(200)
  const statuses: number[] = []
  for (let i = 0; i < 12; i++) statuses.push((await signIn({ password: 'wrong' })).status)
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  const refused = await signIn()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800)
  expect((await signIn({ from: home })).status).toBe(200)
})

test('case 73: who is no proxy of ours can’t claim another address', async () => {
  const own = await startCallboard()
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) {
    const headers = {
      'content-type': 'application/json',
      origin: own.url,
      'x-forwarded-for': `10.9.9.${i}`,
      forwarded: `for=10.9.9.${i}`,
    }
    const body = JSON.stringify({ email: admin.email, password: 'wrong' })
    statuses.push((await sendTo(own.url, { method: 'POST', path: '/api/auth/sign-in/email', headers, body })).status)
  }
  await own.remove()
  expect(statuses).toEqual([401, 401, 401, 429])
})
