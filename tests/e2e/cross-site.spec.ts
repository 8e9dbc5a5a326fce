import { expect, test } from '@playwright/test'
import { admin } from './support/callboard'
import {
  actionNamed,
  type GuardedCallboard,
  guardedActions,
  plain,
  startGuardedCallboard,
} from './support/guarded-callboard'
import { cookieOf } from './support/request'

let callboard: GuardedCallboard
test.beforeAll(async () => {
  callboard = await startGuardedCallboard()
})
test.afterAll(() => callboard.remove())

/** A page of another site, a sandboxed frame, a program that keeps still, and one that says it came through a proxy of ours. */
const foreign: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  {},
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  { origin: 'https://evil.example', host: 'evil.example' },
  { referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' },
  { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
]
const isRefused = (status: number) => status >= 400 && status < 500

test('case 70: no guarded action does anything for another site, and each does it for our own', async () => {
  for (const action of guardedActions()) {
    for (const headers of foreign) {
      const answer = await callboard.callAction(action, { ...headers, cookie: callboard.cookies.admin })
      expect([headers, isRefused(answer.status) || answer.status === 500]).toEqual([headers, true])
    }
  }
  expect(await callboard.query('select from llm_callback_views')).toHaveLength(0)
  expect(
    (
      await callboard.callAction(actionNamed('markCallbackAsViewed'), {
        origin: callboard.url,
        cookie: callboard.cookies.admin,
      })
    ).status,
  ).toBe(200)
  expect(await callboard.query('delete from llm_callback_views returning 1')).toHaveLength(1)
})

test('case 70: no other site can sign an admin out, nor somebody in as another', async () => {
  await callboard.query('truncate auth_rate_limits')
  const cookie = cookieOf(await callboard.signIn(admin))
  const sessions = () => callboard.query('select from auth_sessions')
  const before = (await sessions()).length
  for (const headers of foreign) {
    await callboard.query('truncate auth_rate_limits')
    const out = await callboard.send({ method: 'POST', path: '/api/auth/sign-out', headers: { ...headers, cookie } })
    expect([headers, isRefused(out.status)]).toEqual([headers, true])
    const into = await callboard.signIn(plain, { ...headers, cookie })
    expect([headers, into.status, into.headers['set-cookie']]).toEqual([headers, expect.any(Number), undefined])
    const form = new URLSearchParams(plain).toString()
    const typed = { 'content-type': 'application/x-www-form-urlencoded' }
    const byForm = await callboard.send({
      method: 'POST',
      path: '/api/auth/sign-in/email',
      headers: { ...headers, ...typed },
      body: form,
    })
    expect([headers, byForm.headers['set-cookie']]).toEqual([headers, undefined])
  }
  expect(await sessions()).toHaveLength(before)
  const ours = await callboard.send({
    method: 'POST',
    path: '/api/auth/sign-out',
    headers: { origin: callboard.url, cookie },
  })
  expect(ours.status).toBe(200)
  expect(await sessions()).toHaveLength(before - 1)
})

test('case 70: no other site can use a set-up link, not even a good one', async () => {
  const action = actionNamed('setUpFirstAdmin')
  const token = 'a-good-token'
  const form = new FormData()
  for (const [name, value] of Object.entries({ token, name: 'Eve', ...plain, email: 'eve@example.com' })) {
    form.set(`_1_${name}`, value)
  }
  form.set('0', '[{"values":{},"fieldErrors":{},"message":null},"$K1"]')
  const encoded = new Response(form)
  const contentType = encoded.headers.get('content-type') ?? ''
  const body = await encoded.text()
  const setUp = (headers: Record<string, string>) =>
    callboard.callAction(action, { ...headers, 'content-type': contentType }, body)
  const eve = () => callboard.query("select from auth_users where email = 'eve@example.com'")

  // For as long as nobody has the role, the link is good.
  await callboard.query("update auth_users set role = 'waiting' where role = 'admin'")
  await callboard.query(
    `insert into auth_verifications (identifier, value, expires_at)
     values ('setup:' || encode(sha256($1::bytea), 'hex'), 'first-admin', now() + interval '1 hour')`,
    [token],
  )
  for (const headers of foreign) {
    await setUp({ ...headers, cookie: callboard.cookies.admin })
    expect([headers, (await eve()).length]).toEqual([headers, 0])
  }
  await setUp({ origin: callboard.url })
  expect(await eve()).toHaveLength(1)
  await callboard.query("delete from auth_users where email = 'eve@example.com'")
  await callboard.query("update auth_users set role = 'admin' where role = 'waiting'")
})

test('case 70: nothing is answered for a host that is not ours, forged in whatever way', async () => {
  for (const headers of [{ host: 'evil.example' }, { host: `evil.example@${new URL(callboard.url).host}` }]) {
    const answer = await callboard.send({
      path: '/callbacks',
      headers: { ...headers, cookie: callboard.cookies.admin },
    })
    expect(answer.status).toBe(421)
  }
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' }
  const answer = await callboard.send({ path: '/', headers: forged })
  expect(answer.headers.location).toBe('/sign-in')
})

test('case 71: mark-viewed takes one id, writes a row of whoever asks, and is a no-op for all else', async () => {
  const action = actionNamed('markCallbackAsViewed')
  const headers = { origin: callboard.url, cookie: callboard.cookies.admin }
  const [other] = (await callboard.query('select id from auth_users where role is null')) as { id: string }[]
  const unknown = '01a20f00-0000-7000-8000-000000000000'
  for (const ids of [
    [unknown],
    ['job-1'],
    [[callboard.callbackId, unknown]],
    [{ id: callboard.callbackId }],
    [null],
    [],
    [['x']],
  ]) {
    await callboard.callAction(action, headers, JSON.stringify(ids))
  }
  const million = await callboard.callAction(action, headers, JSON.stringify([Array(1_000_000).fill(unknown)]))
  expect(million.status).toBe(413)
  expect(await callboard.query('select from llm_callback_views')).toHaveLength(0)
  await callboard.callAction(action, headers, JSON.stringify([callboard.callbackId, other?.id, { userId: other?.id }]))
  const viewers = await callboard.query(
    'delete from llm_callback_views v using auth_users u where u.id = v.admin_user_id returning email',
  )
  expect(viewers).toEqual([{ email: admin.email }])
})
