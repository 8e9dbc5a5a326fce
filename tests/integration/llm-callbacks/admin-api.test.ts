import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { authSessions, authUsers, llmCallbacks } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertThree } from '../../support/insert-callback'
import { cookieOf, createTestAuth, password, signInRequest, trustedOrigins } from '../auth/support'

let testDatabase: TestDatabase
let auth: ReturnType<typeof createTestAuth>
let cookie: string
const logged: unknown[] = []
const log = { error: (entry: unknown) => logged.push(entry), warn: (entry: unknown) => logged.push(entry) }

vi.mock('@/app/runtime', () => ({
  getRuntime: () => ({ auth, db: testDatabase.db, log, trustedOrigins, environment: { databaseDirectUrl: null } }),
}))
const routes = {
  check: await import('@/app/api/admin/llm-callbacks/check/route'),
  history: await import('@/app/api/admin/llm-callbacks/route'),
  detail: await import('@/app/api/admin/llm-callbacks/[id]/route'),
  raw: await import('@/app/api/admin/llm-callbacks/[id]/raw/route'),
  stream: await import('@/app/api/admin/llm-callbacks/stream/route'),
  attention: await import('@/app/api/admin/llm-callbacks/attention/route'),
  count: await import('@/app/api/admin/llm-callbacks/count/route'),
  facets: await import('@/app/api/admin/llm-callbacks/facets/route'),
  failures: await import('@/app/api/admin/llm-callbacks/failures/route'),
  savedViews: await import('@/app/api/admin/saved-views/route'),
  rejected: await import('@/app/api/admin/rejected-deliveries/route'),
}

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  auth = createTestAuth(testDatabase.db)
  await createAdmin(testDatabase.db, { name: 'Ana', email: 'ana@example.com', password })
  cookie = cookieOf(await auth.handler(signInRequest('ana@example.com')))
})
afterAll(() => testDatabase.drop())
beforeEach(async () => {
  logged.length = 0
  await testDatabase.db.delete(llmCallbacks)
})

function call(route: keyof typeof routes, query = '', headers: Record<string, string> = { cookie }, id = '') {
  const request = new Request(`http://localhost:3000/${query}`, { headers })
  return routes[route].GET(request, { params: Promise.resolve({ id }) })
}

describe.each(Object.keys(routes) as (keyof typeof routes)[])('%s', (route) => {
  test('is 401 without a session, and says nothing else (case 69)', async () => {
    const { id } = await insertCallback(testDatabase.db, { workflowName: 'canary' })
    const response = await call(route, '', {}, id)
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(await response.text()).not.toContain('canary')
  })

  test('is 403 without the admin role (case 69)', async () => {
    await testDatabase.db.update(authUsers).set({ role: 'user' })
    const response = await call(route)
    await testDatabase.db.update(authUsers).set({ role: 'admin' })
    expect(response.status).toBe(403)
  })
})

test('check answers what is new, not to be cached', async () => {
  const [first, second, third] = await insertThree(testDatabase.db)
  const response = await call('check', '?limit=2')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  const answer = await response.json()
  expect(answer.items).toMatchObject([{ id: second.id }, { id: third.id }])
  const after = answer.nextCursor.replace(/\d+$/, first.seq)
  const page = await (await call('check', `?after=${after}&limit=1`)).json()
  expect(page).toMatchObject({ items: [{ id: second.id }], hasMore: true })
})

test('history answers a page and takes its filters from the URL', async () => {
  const { id } = await insertCallback(testDatabase.db, { status: 'failed' })
  await insertCallback(testDatabase.db)
  expect(await (await call('history', '?status=failed,canceled')).json()).toMatchObject({
    items: [{ id }],
    nextCursor: null,
  })
})

test('case 68: a page of the history as CSV is a download, its cells are no formulas, and it says where the next one is', async () => {
  const [older, newer] = [
    await insertCallback(testDatabase.db, {
      workflowName: '=1+1',
      errorMessage: 'a "quoted"\r\nline',
      costUsd: '-0.5',
    }),
    await insertCallback(testDatabase.db, { workflowName: '@x', eventType: null, durationMs: -3 }),
  ]
  const first = await call('history', '?format=csv&limit=1&status=completed,failed')
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="llm-callbacks.csv"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  const text = await first.text()
  expect(text).toMatch(/^"id","received_at","source","event","status","workflow",.*\r\n/)
  expect(text).toContain(`"${newer.id}",`)
  expect(text).toContain(`,,"completed","'@x",`)
  expect(text).toContain(',-3,')
  const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const second = await call('history', new URL(next, 'http://localhost:3000').search)
  const secondText = await second.text()
  expect(secondText).toContain(`"${older.id}",`)
  expect(secondText).toContain(`"'=1+1",`)
  expect(secondText).toContain('"a ""quoted""\r\nline"')
  expect(secondText).toContain(',-0.5')
  expect(second.headers.get('link')).toBeNull()
})

test('history takes the first and the last moment that PostgreSQL shares with ISO 8601', async () => {
  const { id } = await insertCallback(testDatabase.db)
  const response = await call('history', '?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z')
  expect(await response.json()).toMatchObject({ items: [{ id }] })
})

test.each([
  ['check', '?after=x', 'invalid_cursor'],
  ['check', '?limit=101', 'invalid_request'],
  ['check', '?userId=1', 'invalid_request'],
  ['check', '?after=', 'invalid_request'],
  ['check', '?limit=1e1', 'invalid_request'],
  ['check', '?limit=0x10', 'invalid_request'],
  ['check', '?limit=', 'invalid_request'],
  ['check', '?limit=0', 'invalid_request'],
  ['history', '?cursor=x', 'invalid_cursor'],
  ['history', '?limit=1e1', 'invalid_request'],
  ['history', '?from=9999-12-31T23:59:59-01:00', 'invalid_request'],
  ['history', '?to=0000-12-31T23:59:59Z', 'invalid_request'],
  ['history', '?q=ab', 'invalid_request'],
  ['history', '?format=xlsx', 'invalid_request'],
  ['count', '?limit=1', 'invalid_request'],
  ['count', '?cursor=0123456789abcdef.1', 'invalid_request'],
  ['facets', '', 'invalid_request'],
  ['facets', '?field=status', 'invalid_request'],
  ['facets', '?field=workflow&contains=%00', 'invalid_request'],
  ['failures', '?handled=maybe', 'invalid_request'],
  ['stream', '?after=x', 'invalid_cursor'],
  ['stream', '?after=', 'invalid_cursor'],
] as const)('%s%s is 400 %s', async (route, query, code) => {
  const response = await call(route, query)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code })
})

test('count, facets, failures and saved views answer what their schemas promise', async () => {
  const { id } = await insertCallback(testDatabase.db, { status: 'failed', workflowName: 'a, b' })
  await insertCallback(testDatabase.db)
  expect(await (await call('count', '?workflow=a%252C b')).json()).toEqual({ count: 1 })
  expect(await (await call('facets', '?field=workflow&contains=A,')).json()).toEqual({
    values: [{ value: 'a, b', count: 1 }],
  })
  expect(await (await call('failures')).json()).toMatchObject({
    groups: [{ newest: { id }, ids: [id] }],
    isCapped: false,
  })
  expect(await (await call('failures', '?handled=true')).json()).toEqual({ groups: [], isCapped: false })
  expect(await (await call('savedViews')).json()).toEqual([])
})

test('detail answers everything about one', async () => {
  const { id } = await insertCallback(testDatabase.db, { raw: Buffer.from('{"n": 1.00}') })
  expect(await (await call('detail', '', { cookie }, id)).json()).toMatchObject({
    id,
    payloadText: '{"n": 1.00}',
    viewed: false,
  })
})

test('raw is a download that no browser renders or guesses at (case 66)', async () => {
  const raw = Buffer.from([0xff, 0x00, 0x3c, 0x73])
  const { id } = await insertCallback(testDatabase.db, { raw, payloadPreview: '' })
  const response = await call('raw', '', { cookie }, id)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="llm-callback-${id}.bin"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  expect(Buffer.from(await response.arrayBuffer()).equals(raw)).toBe(true)
})

test.each([randomUUID(), 'job-1', '%00', '../../x'])('an id that names nothing is 404: %s', async (id) => {
  for (const route of ['detail', 'raw'] as const) {
    expect((await call(route, '', { cookie }, id)).status).toBe(404)
  }
})

test('stream goes on after the Last-Event-ID, whatever the URL says (case 52)', async () => {
  const [first, second, third] = await insertThree(testDatabase.db)
  const { nextCursor } = await (await call('check')).json()
  const cursorOf = (seq: number) => nextCursor.replace(/\d+$/, seq)
  const headers = { cookie, 'last-event-id': cursorOf(second.seq) }
  const response = await call('stream', `?after=${cursorOf(first.seq)}`, headers)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'private, no-store',
    'x-accel-buffering': 'no',
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  await reader?.read()
  const event = (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect(event).toContain(third.id)
  expect(event).not.toContain(second.id)
})

test('stream ends at the heartbeat after the session (case 72)', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const response = await call('stream')
    const reader = response.body?.getReader()
    await reader?.read()
    await testDatabase.db.delete(authSessions)
    vi.advanceTimersByTime(15_000)
    await reader?.read()
    expect((await reader?.read())?.done).toBe(true)
  } finally {
    vi.useRealTimers()
    cookie = cookieOf(await auth.handler(signInRequest('ana@example.com')))
  }
})

test('a failure inside is a plain 500 whose cause is in the log alone', async () => {
  const broken = vi.spyOn(testDatabase.db, 'execute').mockRejectedValue(new Error('canary'))
  const response = await call('check')
  broken.mockRestore()
  expect(response.status).toBe(500)
  const text = await response.text()
  expect(text).not.toContain('canary')
  expect(logged).toMatchObject([{ err: { message: 'canary' }, ref: JSON.parse(text).ref }])
})
