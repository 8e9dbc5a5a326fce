import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { authUsers, llmCallbackViews } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'
import { cookieOf, createTestAuth, password, publicUrl, signInRequest, trustedOrigins } from '../auth/support'

let testDatabase: TestDatabase
let auth: ReturnType<typeof createTestAuth>
let cookie: string
let sent: Record<string, string>

const revalidatePath = vi.fn()
vi.mock('next/cache', () => ({ revalidatePath }))
vi.mock('next/headers', () => ({ headers: async () => new Headers(sent) }))
vi.mock('@/app/runtime', () => ({ getRuntime: () => ({ auth, db: testDatabase.db, trustedOrigins }) }))
// Set by Next from `experimental.authInterrupts`.
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true')
const { markCallbackAsViewed, markCallbacksAsHandled, markCallbacksAsUnviewed, markCallbacksAsViewed } = await import(
  '@/app/actions/llm-callbacks'
)

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  auth = createTestAuth(testDatabase.db)
  await createAdmin(testDatabase.db, { name: 'Ana', email: 'ana@example.com', password })
  cookie = cookieOf(await auth.handler(signInRequest('ana@example.com')))
})
afterAll(() => testDatabase.drop())
beforeEach(async () => {
  revalidatePath.mockClear()
  sent = { cookie, origin: publicUrl }
  await testDatabase.db.delete(llmCallbackViews)
})

const views = () => testDatabase.db.select().from(llmCallbackViews)

test('it marks for whoever is signed in, once', async () => {
  const { id } = await insertCallback(testDatabase.db)
  const [ana] = await testDatabase.db.select().from(authUsers)
  expect(await markCallbackAsViewed(id)).toBe(true)
  expect(await markCallbackAsViewed(id)).toBe(false)
  expect(await views()).toMatchObject([{ callbackId: id, adminUserId: ana?.id }])
})

test('no page is rendered anew for a view, and for what was handled it is', async () => {
  const { id } = await insertCallback(testDatabase.db)
  await markCallbackAsViewed(id)
  await markCallbacksAsUnviewed([id])
  await markCallbacksAsViewed([id])
  expect(revalidatePath).not.toHaveBeenCalled()
  await markCallbacksAsHandled([id])
  expect(revalidatePath).toHaveBeenCalledExactlyOnceWith('/callbacks')
})

test('an id that names nothing is a no-op (case 71)', async () => {
  expect(await markCallbackAsViewed(randomUUID())).toBe(false)
  expect(await markCallbackAsViewed('job-1')).toBe(false)
  expect(await markCallbackAsViewed({ id: 1 } as unknown as string)).toBe(false)
  expect(await views()).toEqual([])
})

test.each([
  ['no session', () => ({ origin: publicUrl }), '401'],
  ['another site', () => ({ cookie, origin: 'https://evil.example' }), '403'],
  ['a sandboxed frame', () => ({ cookie, origin: 'null' }), '403'],
  ['no origin', () => ({ cookie }), '403'],
  ['a forged host', () => ({ cookie, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }), '403'],
])('%s changes nothing (cases 69, 70)', async (_, headers, status) => {
  const { id } = await insertCallback(testDatabase.db)
  sent = headers()
  await expect(markCallbackAsViewed(id)).rejects.toMatchObject({ digest: `NEXT_HTTP_ERROR_FALLBACK;${status}` })
  expect(await views()).toEqual([])
})
