import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { authAccounts, authSessions, authUsers } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { listUsers } from '@/lib/auth/list-users'
import { requireAdmin } from '@/lib/auth/require-admin'
import { resetPassword } from '@/lib/auth/reset-password'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { cookieOf, createTestAuth, password, signInRequest } from './support'

const newPassword = 'another horse, another battery'
let database: TestDatabase
let auth: ReturnType<typeof createTestAuth>

beforeAll(async () => {
  database = await createTestDatabase()
  auth = createTestAuth(database.db)
})
beforeEach(async () => {
  await database.db.delete(authUsers)
  await createAdmin(database.db, { name: 'Ana', email: 'ana@example.com', password })
  await createAdmin(database.db, { name: 'Ben', email: 'ben@example.com', password })
})
afterAll(() => database.drop())

const signIn = (email: string) => auth.handler(signInRequest(email))
const headersOf = (response: Response) => new Headers({ cookie: cookieOf(response) })

test('case 72: a new password ends every session of that user, of no other, and is the only one that signs in', async () => {
  const [ana, anaElsewhere, ben] = [
    await signIn('ana@example.com'),
    await signIn('ana@example.com'),
    await signIn('ben@example.com'),
  ]
  expect(await requireAdmin(headersOf(ana), { auth })).toMatchObject({ email: 'ana@example.com' })
  expect(await resetPassword(database.db, { email: ' Ana@Example.com ', password: newPassword })).toBe(2)
  for (const session of [ana, anaElsewhere]) {
    await expect(requireAdmin(headersOf(session), { auth })).rejects.toMatchObject({ code: 'unauthenticated' })
  }
  expect(await requireAdmin(headersOf(ben), { auth })).toMatchObject({ email: 'ben@example.com' })
  expect((await signIn('ana@example.com')).status).toBe(401)
  const request = signInRequest('ana@example.com')
  const body = JSON.stringify({ email: 'ana@example.com', password: newPassword })
  expect((await auth.handler(new Request(request, { body }))).status).toBe(200)
})

test('a user who is blocked stays blocked, and is listed as that', async () => {
  await database.db.update(authUsers).set({ banned: true }).where(eq(authUsers.email, 'ana@example.com'))
  await resetPassword(database.db, { email: 'ana@example.com', password })
  expect((await signIn('ana@example.com')).status).toBe(403)
  await signIn('ben@example.com')
  expect(await listUsers(database.db)).toEqual([
    { name: 'Ana', email: 'ana@example.com', role: 'owner', isBlocked: true, lastActiveAt: null },
    { name: 'Ben', email: 'ben@example.com', role: 'admin', isBlocked: false, lastActiveAt: expect.any(Date) },
  ])
  const past = { banExpires: new Date(Date.now() - 1_000) }
  await database.db.update(authUsers).set(past).where(eq(authUsers.email, 'ana@example.com'))
  expect(await listUsers(database.db)).toMatchObject([{ isBlocked: false }, { isBlocked: false }])
})

test('a user without a password gets one', async () => {
  await database.db.delete(authAccounts)
  expect((await signIn('ana@example.com')).status).toBe(401)
  await resetPassword(database.db, { email: 'ana@example.com', password })
  expect((await signIn('ana@example.com')).status).toBe(200)
})

test('an address that nobody has, or a password that is too short, changes nothing', async () => {
  const before = await database.db.select().from(authAccounts)
  await signIn('ana@example.com')
  await expect(resetPassword(database.db, { email: 'eve@example.com', password })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(resetPassword(database.db, { email: 'ana@example.com', password: 'x'.repeat(11) })).rejects.toThrow(
    'at least 12',
  )
  expect(await database.db.select().from(authAccounts)).toEqual(before)
  expect(await database.db.$count(authSessions)).toBe(1)
})
