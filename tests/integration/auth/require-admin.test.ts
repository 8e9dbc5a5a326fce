import { inspect } from 'node:util'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@/db/client'
import { authSessions, authUsers } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import type { Auth } from '@/lib/auth/create-auth'
import { requireAdmin } from '@/lib/auth/require-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { cookieOf, createTestAuth, password, signInRequest } from './support'

const email = 'ana@example.com'
let database: TestDatabase
let auth: Auth
let headers: Headers

beforeAll(async () => {
  database = await createTestDatabase()
  auth = createTestAuth(database.db)
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.execute('truncate auth_users, llm_callback_read_marks cascade')
  await createAdmin(database.db, { name: 'Ana', email, password })
  const response = await auth.handler(signInRequest(email))
  expect(response.status).toBe(200)
  headers = new Headers({ cookie: cookieOf(response) })
})

const change = (values: Partial<typeof authUsers.$inferInsert>) =>
  database.db.update(authUsers).set(values).where(eq(authUsers.email, email))

describe('requireAdmin', () => {
  test('names the admin of the session', async () => {
    expect(await requireAdmin(headers, { auth })).toEqual({ id: expect.any(String), email, name: 'Ana', role: 'admin' })
  })

  test('without a session: unauthenticated', async () => {
    await expect(requireAdmin(new Headers(), { auth })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('with a forged cookie: unauthenticated', async () => {
    const forged = new Headers({ cookie: (headers.get('cookie') ?? '').replace(/\.[^.]*$/, '.AAAA') })
    await expect(requireAdmin(forged, { auth })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('with a cookie signed by another secret: unauthenticated', async () => {
    const { createAuth } = await import('@/lib/auth/create-auth')
    const other = createAuth({
      db: database.db,
      secret: 'y'.repeat(32),
      publicUrl: 'http://localhost:3000',
      trustedOrigins: [],
    })
    await expect(requireAdmin(headers, { auth: other })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test.each([{ role: null }, { role: 'user' }, { role: 'Admin' }])('with the role $role: forbidden', async (values) => {
    await change(values)
    await expect(requireAdmin(headers, { auth })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('blocked: forbidden at the next request', async () => {
    await change({ banned: true })
    await expect(requireAdmin(headers, { auth })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('blocked until a time that has passed: in', async () => {
    await change({ banned: true, banExpires: new Date(Date.now() - 1000) })
    await expect(requireAdmin(headers, { auth })).resolves.toMatchObject({ email })
  })

  test('after the session ended in the database: unauthenticated', async () => {
    await database.db.delete(authSessions)
    await expect(requireAdmin(headers, { auth })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('after the session expired: unauthenticated', async () => {
    await database.db.update(authSessions).set({ expiresAt: new Date(Date.now() - 1000) })
    await expect(requireAdmin(headers, { auth })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('with the database away: an error that tells the cause but quotes no token', async () => {
    const away = createDatabase('postgres://nobody@127.0.0.1:1/none')
    const error: unknown = await requireAdmin(headers, { auth: createTestAuth(away) }).catch((thrown) => thrown)
    const [token = ''] = /(?<==)[^.]+/.exec(headers.get('cookie') ?? '') ?? []
    expect(token).toHaveLength(32)
    expect(inspect(error, { depth: 9, showHidden: true })).toContain('ECONNREFUSED')
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token)
    await away.$client.end()
  })

  test('never renews a session, for a page could not send the cookie', async () => {
    const soon = new Date(Date.now() + 60_000)
    await database.db.update(authSessions).set({ expiresAt: soon })
    await requireAdmin(headers, { auth })
    expect(await database.db.select({ expiresAt: authSessions.expiresAt }).from(authSessions)).toEqual([
      { expiresAt: soon },
    ])
  })
})
