import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { authSessions } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { cookieOf, createTestAuth, password, publicUrl, signInRequest, trustedOrigins } from './support'

vi.mock('@/app/runtime', () => ({ getRuntime: () => ({ auth, trustedOrigins }) }))
const { DELETE, GET, POST } = await import('@/app/api/auth/[...all]/route')

const email = 'ana@example.com'
let database: TestDatabase
let auth: ReturnType<typeof createTestAuth>

beforeAll(async () => {
  database = await createTestDatabase()
  auth = createTestAuth(database.db)
  await createAdmin(database.db, { name: 'Ana', email, password })
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.delete(authSessions)
})

const get = (path: string, headers?: HeadersInit) => GET(new Request(publicUrl + path, { headers }))
const post = (path: string, headers: Record<string, string> = {}, body = '{}') =>
  POST(
    new Request(publicUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl, ...headers },
      body,
    }),
  )

describe('signing in', () => {
  test('gives an HttpOnly, SameSite=Lax cookie for any case of the e-mail, not to be cached', async () => {
    const response = await POST(signInRequest('ANA@example.com'))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^callboard\.session_token=/)
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure/i)
  })

  test('makes the cookie Secure where the public URL is https', async () => {
    const secure = createTestAuth(database.db, 'https://inbox.example.com')
    const response = await secure.handler(signInRequest(email, { origin: 'https://inbox.example.com' }))
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-callboard\.session_token=.*Secure/i)
  })

  test('answers a wrong password and an unknown e-mail alike', async () => {
    const body = (who: string) => JSON.stringify({ email: who, password: 'not the password' })
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    const wrong = await post('/api/auth/sign-in/email', headers, body(email))
    const unknown = await post('/api/auth/sign-in/email', headers, body('eve@example.com'))
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
  })

  test.each([
    ['one IPv4 address', () => '192.0.2.7'],
    ['one IPv6 /56', (i: number) => `2001:db8:0:${i.toString(16)}::1`],
  ])('is limited to three tries in ten seconds from %s', async (_, address) => {
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) {
      const response = await POST(signInRequest(email, { 'x-forwarded-for': address(i) }))
      statuses.push(response.status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  test.each(['https://evil.example', 'null', 'http://localhost:3001'])('is refused from origin %s', async (origin) => {
    const response = await POST(signInRequest(email, { origin }))
    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('case 70: is refused without an origin, as a form or as JSON', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const fields = { email, password }
      const body = type.endsWith('json') ? JSON.stringify(fields) : new URLSearchParams(fields).toString()
      const headers = { 'content-type': type, 'x-forwarded-for': '192.0.2.44' }
      const request = new Request(`${publicUrl}/api/auth/sign-in/email`, { method: 'POST', headers, body })
      const response = await POST(request)
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
    }
  })

  test('reads at most 16 kB', async () => {
    const response = await post('/api/auth/sign-in/email', {}, JSON.stringify({ email, password: 'x'.repeat(20_000) }))
    expect(response.status).toBe(413)
  })
})

describe('the session', () => {
  test('is told while it lasts, and ends at sign-out', async () => {
    const cookie = cookieOf(await POST(signInRequest(email)))
    expect(await (await get('/api/auth/get-session', { cookie })).json()).toMatchObject({ user: { email } })
    expect((await post('/api/auth/sign-out', { cookie })).status).toBe(200)
    expect(await (await get('/api/auth/get-session', { cookie })).json()).toBeNull()
    expect(await database.db.$count(authSessions)).toBe(0)
  })

  test('ends at a sign-out without a body, as the button sends it', async () => {
    const cookie = cookieOf(await POST(signInRequest(email)))
    const headers = { cookie, origin: publicUrl }
    const request = new Request(`${publicUrl}/api/auth/sign-out`, { method: 'POST', headers, body: new Uint8Array() })
    expect((await POST(request)).status).toBe(200)
    expect(await database.db.$count(authSessions)).toBe(0)
  })

  test('is not ended by another site', async () => {
    const cookie = cookieOf(await POST(signInRequest(email)))
    const response = await post('/api/auth/sign-out', { cookie, origin: 'https://evil.example' })
    expect(response.status).toBe(403)
    expect(await database.db.$count(authSessions)).toBe(1)
  })
})

describe('everything else of better-auth', () => {
  test.each([
    '/api/auth/sign-up/email',
    '/api/auth/admin/create-user',
    '/api/auth/admin/set-role',
    '/api/auth/admin/impersonate-user',
    '/api/auth/admin/remove-user',
    '/api/auth/update-user',
    '/api/auth/change-password',
    '/api/auth/sign-in/social',
    '/api/auth/get-session',
    '/api/auth/sign-in/email/',
    '/api/auth/%73ign-out',
  ])('POST %s is not there, even for an admin', async (path) => {
    const cookie = cookieOf(await POST(signInRequest(email)))
    expect((await post(path, { cookie })).status).toBe(404)
  })

  test.each([
    '/api/auth/ok',
    '/api/auth/error',
    '/api/auth/admin/list-users',
    '/api/auth/list-sessions',
    '/api/auth/sign-out',
  ])('GET %s is not there, even for an admin', async (path) => {
    const cookie = cookieOf(await POST(signInRequest(email)))
    expect((await get(path, { cookie })).status).toBe(404)
  })

  test('other methods are not there', async () => {
    const response = await DELETE(new Request(`${publicUrl}/api/auth/get-session`, { method: 'DELETE' }))
    expect(response.status).toBe(404)
  })
})
