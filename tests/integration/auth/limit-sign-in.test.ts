import { gt, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authAccounts, authKnownNetworks, authSessions, authTries } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { createTestAuth, password, publicUrl } from './support'

const email = 'ana@example.com'
let database: TestDatabase
/** Two replicas on one database. */
let replicas: ReturnType<typeof createTestAuth>[]
let addresses = 0

beforeAll(async () => {
  database = await createTestDatabase()
  replicas = [createTestAuth(database.db), createTestAuth(database.db)]
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.execute(sql`truncate auth_users, auth_tries, auth_rate_limits, llm_callback_read_marks cascade`)
  await createAdmin(database.db, { name: 'Ana', email, password })
})

/** An address that has not been used before, so that the limit of each address stays out of the way. */
const freshAddress = () => `10.1.${addresses >> 8}.${addresses++ & 255}`

type Try = { who?: string; with?: string; from?: string; replica?: number }

async function signIn({ who = email, with: tried = 'not the password', from = freshAddress(), replica = 0 }: Try = {}) {
  const request = new Request(`${publicUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl, 'x-forwarded-for': from },
    body: JSON.stringify({ email: who, password: tried }),
  })
  const response = await replicas[replica]?.handler(request)
  if (!response) throw new Error('there is no such replica')
  return response
}

const statusOf = async (attempt: Try = {}) => (await signIn(attempt)).status
const statusesOf = (count: number, attempt: Try = {}) =>
  Promise.all(Array.from({ length: count }, (_, i) => statusOf({ ...attempt, replica: i % 2 })))
const countOf = (statuses: number[], status: number) => statuses.filter((one) => one === status).length

/** Leaves that many tries of every window in which there was one: each real one hashes for a tenth of a second. */
const leaveTries = (count: number) =>
  database.db
    .update(authTries)
    .set({ tries: 10 - count })
    .where(gt(authTries.tries, 0))

describe('guessing the password of one account', () => {
  test('case 73: from many addresses and through two replicas at once gets ten tries in 15 minutes', async () => {
    const statuses = await statusesOf(30)
    expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([10, 20])
    const refused = await signIn({ with: password })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('x-retry-after'))).toBeGreaterThan(800)
    expect(await database.db.$count(authSessions)).toBe(0)
  })

  test('case 73: by the case of its letters gets no more tries', async () => {
    await statusOf()
    await leaveTries(0)
    expect(await statusOf({ who: 'ANA@Example.com', with: password })).toBe(429)
  })

  test('case 73: does not lock out who signs in from where they did before', async () => {
    const home = '192.0.2.10'
    expect(await statusOf({ with: password, from: home })).toBe(200)
    await statusOf()
    await leaveTries(0)
    expect(await statusOf({ with: password })).toBe(429)
    expect(await statusOf({ with: password, from: home })).toBe(200)
  })

  test('case 73: from a known network is limited as well, whichever /64 of it is used', async () => {
    expect(await statusOf({ with: password, from: '2001:db8:5:1::1' })).toBe(200)
    expect(await statusOf({ from: '2001:db8:5:2::1' })).toBe(401)
    await leaveTries(0)
    // The limit of 3 in 10 seconds counts by the /56 as well, and would come first.
    await database.db.execute(sql`truncate auth_rate_limits`)
    expect(await statusOf({ with: password, from: '2001:db8:5:3::1' })).toBe(429)
    expect(await statusOf({ with: password })).toBe(200)
  })

  test('case 73: a network is forgotten after 30 days', async () => {
    const home = '192.0.2.11'
    expect(await statusOf({ with: password, from: home })).toBe(200)
    await database.db.update(authKnownNetworks).set({ signedInAt: sql`now() - interval '31 days'` })
    await statusOf()
    await leaveTries(0)
    expect(await statusOf({ with: password, from: home })).toBe(429)
  })

  test('case 73: ends with the window, and windows that are over are removed', async () => {
    await statusOf()
    await leaveTries(0)
    await database.db.update(authTries).set({ resetsAt: sql`now() - interval '1 second'` })
    expect(await statusOf({ who: 'eve@example.com' })).toBe(401)
    expect(await database.db.$count(authTries)).toBe(1)
    expect(await statusOf({ with: password })).toBe(200)
  })

  test('case 73: a right password is no guess', async () => {
    await statusOf()
    await leaveTries(1)
    for (let i = 0; i < 3; i++) expect(await statusOf({ with: password })).toBe(200)
  })
})

describe('an e-mail that nobody has', () => {
  const who = 'eve@example.com'

  test('case 73: gets the same status, body and headers as a wrong password, and the same limit', async () => {
    const answerOf = async (response: Response) => {
      const { 'x-retry-after': wait, ...headers } = Object.fromEntries(response.headers)
      return { status: response.status, headers, text: await response.text(), waits: Number(wait ?? 0) > 0 }
    }
    expect(await answerOf(await signIn({ who }))).toEqual(await answerOf(await signIn()))
    await leaveTries(0)
    expect(await answerOf(await signIn({ who }))).toEqual(await answerOf(await signIn()))
    expect(await statusOf({ who })).toBe(429)
  })

  test('case 73: is answered no faster than half the time of a wrong password, for both hash one', async () => {
    const quickest = async (attempt: Try) => {
      const times: number[] = []
      for (let i = 0; i < 3; i++) {
        const startedAt = performance.now()
        await signIn(attempt)
        times.push(performance.now() - startedAt)
      }
      return Math.min(...times)
    }
    const [unknown, wrong] = [await quickest({ who }), await quickest({})]
    expect(unknown).toBeGreaterThan(wrong / 2)
    expect(unknown).toBeLessThan(wrong * 2)
  })

  test('what was typed for an e-mail is kept only as a keyed hash, for it may be a password', async () => {
    await signIn({ who: 'my-password@example.com' })
    const [row] = await database.db.select().from(authTries)
    expect(row?.key).toMatch(/^sign-in:[0-9a-f]{64}$/)
  })
})

test.each(['not an e-mail', '', null, { $ne: '' }, ['ana@example.com'], 'a\0@example.com'])(
  'case 73: the e-mail %j is refused without a try and without an error inside',
  async (who) => {
    expect(await statusOf({ who: who as string })).toBe(400)
    expect(await database.db.$count(authTries)).toBe(0)
  },
)

test('case 72: a changed password ends every session of its account, and of no other', async () => {
  const ben = await createAdmin(database.db, { name: 'Ben', email: 'ben@example.com', password })
  await signIn({ with: password })
  await signIn({ with: password })
  await signIn({ with: password, who: 'ben@example.com' })
  await database.db.update(authAccounts).set({ updatedAt: new Date() })
  expect(await database.db.$count(authSessions)).toBe(3)
  await database.db
    .update(authAccounts)
    .set({ password: 'another hash' })
    .where(sql`${authAccounts.userId} <> ${ben.id}`)
  expect(await database.db.select({ userId: authSessions.userId }).from(authSessions)).toEqual([{ userId: ben.id }])
})
