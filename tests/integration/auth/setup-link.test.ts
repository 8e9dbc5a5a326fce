import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { authUsers, authVerifications } from '@/db/schema'
import { type AuthQueries, takeAdminLock } from '@/lib/auth/admin-lock'
import { createAdmin } from '@/lib/auth/create-admin'
import { insertAdmin } from '@/lib/auth/insert-admin'
import { checkSetupLink, createFirstAdmin, createSetupLink } from '@/lib/auth/setup-link'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { password, publicUrl } from './support'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.execute('truncate auth_users, auth_verifications cascade')
})

const now = new Date('2026-03-01T12:00:00Z')
const dayMs = 24 * 60 * 60 * 1000
const network = '192.0.2.1'
const ana = { name: 'Ana', email: 'ana@example.com', password, network }

async function newToken(): Promise<string> {
  const link = await createSetupLink(database.db, { publicUrl, now })
  const url = new URL(link ?? 'no-link')
  expect(url.origin + url.pathname).toBe('http://localhost:3000/setup')
  return url.searchParams.get('token') ?? ''
}

describe('the set-up link', () => {
  test('makes the first admin', async () => {
    const token = await newToken()
    expect(await checkSetupLink(database.db, { token, now, network })).toBe(true)
    await createFirstAdmin(database.db, { token, now, ...ana })
    expect(await database.db.select({ email: authUsers.email, role: authUsers.role }).from(authUsers)).toEqual([
      { email: 'ana@example.com', role: 'admin' },
    ])
  })

  test('carries 32 random bytes of which the database has only a hash', async () => {
    const token = await newToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await database.db.select().from(authVerifications))).not.toContain(token)
  })

  test('works once', async () => {
    const token = await newToken()
    await createFirstAdmin(database.db, { token, now, ...ana })
    const again = createFirstAdmin(database.db, { token, now, ...ana, email: 'eve@example.com' })
    await expect(again).rejects.toMatchObject({
      code: 'setup_link_invalid',
      message: expect.stringContaining('sign in'),
    })
    expect(await database.db.$count(authUsers)).toBe(1)
  })

  test('lets one of five win that use it at once', async () => {
    const token = await newToken()
    const tries = Array.from({ length: 5 }, (_, i) =>
      createFirstAdmin(database.db, { token, now, ...ana, email: `admin${i}@example.com` }),
    )
    const results = await Promise.allSettled(tries)
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(authUsers)).toBe(1)
  })

  test('lets one win when two links are used at once', async () => {
    const tokens = [await newToken(), await newToken()]
    const results = await Promise.allSettled(
      tokens.map((token, i) => createFirstAdmin(database.db, { token, now, ...ana, email: `admin${i}@example.com` })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(authUsers)).toBe(1)
    expect(await database.db.$count(authVerifications)).toBe(0)
  })

  test('is good for less than 24 hours', async () => {
    const token = await newToken()
    const late = new Date(now.getTime() + dayMs)
    expect(await checkSetupLink(database.db, { token, now: late, network })).toBe(false)
    const refused = createFirstAdmin(database.db, { token, now: late, ...ana })
    const message = expect.stringContaining('npm run callboard -- admin link')
    await expect(refused).rejects.toMatchObject({ code: 'setup_link_invalid', message })
    await createFirstAdmin(database.db, { token, now: new Date(late.getTime() - 1), ...ana })
  })

  test('is not used up by input that is refused', async () => {
    const token = await newToken()
    await expect(createFirstAdmin(database.db, { token, now, ...ana, password: 'too short' })).rejects.toThrow()
    await database.db.insert(authUsers).values({ name: 'Eve', email: 'ana@example.com' })
    const taken = createFirstAdmin(database.db, { token, now, ...ana })
    await expect(taken).rejects.toMatchObject({ code: 'email_taken' })
    await createFirstAdmin(database.db, { token, now, ...ana, email: 'ben@example.com' })
  })

  test('is not made once there is an admin, and one made before is void', async () => {
    const token = await newToken()
    await createAdmin(database.db, { ...ana, email: 'cli@example.com' })
    expect(await createSetupLink(database.db, { publicUrl, now })).toBeNull()
    expect(await checkSetupLink(database.db, { token, now, network })).toBe(false)
    const refused = createFirstAdmin(database.db, { token, now, ...ana })
    await expect(refused).rejects.toMatchObject({ code: 'setup_link_invalid' })
  })

  test('loses against an admin who is made while it is being used', async () => {
    const token = await newToken()
    const attempt = await whileWaitingForTheLock(token, (tx) =>
      insertAdmin(tx, { name: 'CLI', email: 'cli@example.com', passwordHash: 'x' }),
    )
    expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'setup_link_invalid' } })
    expect(await database.db.$count(authUsers)).toBe(1)
  })

  test('is void if it is withdrawn while it is being used', async () => {
    const token = await newToken()
    const attempt = await whileWaitingForTheLock(token, (tx) => tx.delete(authVerifications))
    expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'setup_link_invalid' } })
    expect(await database.db.$count(authUsers)).toBe(0)
  })

  test('can not be guessed', async () => {
    await newToken()
    const refused = createFirstAdmin(database.db, { token: 'A'.repeat(43), now, ...ana })
    await expect(refused).rejects.toMatchObject({ code: 'setup_link_invalid' })
  })

  test('case 73: a network may try 20 wrong tokens in ten minutes; a good one uses up no try', async () => {
    const token = await newToken()
    const from = (address: string) => ({ now, network: address })
    for (let i = 0; i < 20; i++) {
      expect(await checkSetupLink(database.db, { token: 'A'.repeat(43), ...from('198.51.100.1') })).toBe(false)
      if (i < 19) expect(await checkSetupLink(database.db, { token, ...from('198.51.100.1') })).toBe(true)
    }
    const more = checkSetupLink(database.db, { token: 'B'.repeat(43), ...from('198.51.100.1') })
    const message = expect.stringMatching(/^Too many tries\. Wait \d+ s\.$/)
    await expect(more).rejects.toMatchObject({ code: 'too_many_requests', message })
    expect(await checkSetupLink(database.db, { token, ...from('198.51.100.2') })).toBe(true)
  })
})

/** Uses the link, lets it come as far as the lock that all makers of admins take, and does something under that lock first. */
async function whileWaitingForTheLock(token: string, work: (tx: AuthQueries) => Promise<unknown>) {
  let attempt: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([])
  await database.db.transaction(async (tx) => {
    await takeAdminLock(tx)
    // Settled from the start: it may be refused before the transaction that it waits for has told us of its own end.
    attempt = Promise.allSettled([createFirstAdmin(database.db, { token, now, ...ana })])
    const patience = { timeout: 20_000 }
    await vi.waitFor(async () => {
      const waiting = sql`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`
      expect((await database.db.execute(waiting)).rowCount).toBe(1)
    }, patience)
    await work(tx)
  })
  const [result] = await attempt
  return result
}
