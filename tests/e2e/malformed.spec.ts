import { expect, test } from '@playwright/test'
import { openRawSocket } from '../support/raw-socket'
import { builtRoutes } from './support/build'
import { actionNamed, type GuardedCallboard, startGuardedCallboard } from './support/guarded-callboard'
import type { Answer } from './support/request'

let callboard: GuardedCallboard
test.beforeAll(async () => {
  callboard = await startGuardedCallboard()
})
test.afterAll(() => callboard.remove())

type Malformed = { what: string; headers: Record<string, string>; body: string }

const text = { 'content-type': 'text/plain;charset=UTF-8' }
const boundary = 'x-boundary'
const multipart = { 'content-type': `multipart/form-data; boundary=${boundary}` }
const part = (name: string, value: string, ending = '\r\n') =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}${ending}`
const end = `--${boundary}--\r\n`

/** Ids of actions that nobody has, and bodies that no client of Next's writes, for the action with this id. */
function malformedCalls(actionId: string): Malformed[] {
  const call = { 'next-action': actionId }
  return [
    { what: 'an empty id', headers: { ...text, 'next-action': '' }, body: '[]' },
    { what: 'an unknown id', headers: { ...text, 'next-action': '0'.repeat(42) }, body: '[]' },
    { what: 'an id of Object’s', headers: { ...text, 'next-action': '__proto__' }, body: '[]' },
    { what: 'an id that is a path', headers: { ...text, 'next-action': '../../../etc/passwd' }, body: '[]' },
    { what: 'an id of 4 kB', headers: { ...text, 'next-action': 'a'.repeat(4_096) }, body: '[]' },
    { what: 'no body', headers: { ...text, ...call }, body: '' },
    { what: 'no JSON', headers: { ...text, ...call }, body: '{"level":"fatal"' },
    { what: 'no list', headers: { ...text, ...call }, body: '{"then":"$1"}' },
    { what: 'a body 100,000 deep', headers: { ...text, ...call }, body: '['.repeat(100_000) + ']'.repeat(100_000) },
    { what: '40,000 references', headers: { ...text, ...call }, body: `[${Array(40_000).fill('"$1"').join()}]` },
    { what: 'a reference to itself', headers: { ...text, ...call }, body: '["$0"]' },
    { what: 'a huge BigInt', headers: { ...text, ...call }, body: `["$n${'9'.repeat(200_000)}"]` },
    {
      what: 'a path through prototypes',
      headers: { ...text, ...call },
      body: '["$0:__proto__:constructor:constructor"]',
    },
    { what: 'the type of a form without one', headers: { ...multipart, ...call }, body: '["x"]' },
    {
      what: 'a type without a boundary',
      headers: { ...call, 'content-type': 'multipart/form-data' },
      body: part('0', '[]'),
    },
    { what: 'an unknown type', headers: { ...call, 'content-type': 'application/x-unknown' }, body: '[]' },
    { what: 'no type', headers: call, body: '[]' },
    { what: 'a cut form', headers: { ...multipart, ...call }, body: part('0', '["$K1"]', '') },
    {
      what: 'references in a circle',
      headers: { ...multipart, ...call },
      body: part('1', '"$2"') + part('2', '"$1"') + part('0', '["$1"]') + end,
    },
    {
      what: 'promises in a circle',
      headers: { ...multipart, ...call },
      body: part('1', '"$@2"') + part('2', '"$@1"') + part('0', '["$@1"]') + end,
    },
    { what: 'a promise that never comes', headers: { ...multipart, ...call }, body: part('0', '["$@7"]') + end },
    { what: 'a stream that never ends', headers: { ...multipart, ...call }, body: part('0', '["$R7"]') + end },
    {
      what: 'a list of itself',
      headers: { ...multipart, ...call },
      body: part('1', '["$1","$1"]') + part('0', '["$1"]') + end,
    },
    {
      what: 'a doubling list',
      headers: { ...multipart, ...call },
      body:
        Array.from({ length: 40 }, (_, i) =>
          part(String(i + 1), `["$${(i + 2).toString(16)}","$${(i + 2).toString(16)}"]`),
        ).join('') +
        part('0', '["$1"]') +
        end,
    },
    {
      what: 'a server reference',
      headers: { ...multipart, ...call },
      body: part('1', '{"id":"x#constructor","bound":"$@2"}') + part('0', '["$F1"]') + end,
    },
    {
      what: 'a fake thenable',
      headers: { ...multipart, ...call },
      body:
        part(
          '1',
          '{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B1\\"}","_response":{"_prefix":"process.exit()","_formData":{"get":"$1:constructor:constructor"}}}',
        ) +
        part('0', '"$1"') +
        end,
    },
    {
      what: '3,000 parts',
      headers: { ...multipart, ...call },
      body: Array.from({ length: 3_000 }, (_, i) => part(`${i}`, '1')).join('') + end,
    },
    { what: 'an action in a form’s name', headers: multipart, body: part('$ACTION_ID_constructor', '') + end },
    {
      what: 'a bound action',
      headers: multipart,
      body: part('$ACTION_REF_1', '') + part('$ACTION_1:0', '{"id":"x","bound":"$@1"}') + end,
    },
    { what: 'a state without an action', headers: multipart, body: part('$ACTION_KEY', '$1') + end },
    { what: 'a body over the limit', headers: { ...text, ...call }, body: `["${'x'.repeat(300_000)}"]` },
  ]
}

const routerHeaders: Record<string, string>[] = [
  { rsc: '1', 'next-router-state-tree': '%' },
  { rsc: '1', 'next-router-state-tree': encodeURIComponent('['.repeat(2_000)) },
  { rsc: '1', 'next-router-state-tree': encodeURIComponent('{"__proto__":[]}') },
  { rsc: '1', 'next-router-state-tree': 'x'.repeat(6_000) },
  { rsc: '1', 'next-router-segment-prefetch': '/../../x' },
  { rsc: '1', 'next-url': '/\\..//%00', 'next-router-prefetch': 'x' },
  { 'next-action': 'x', rsc: '\u00ff' },
]

const consolePids = () => new Set(callboard.process.output().match(/"consolePid":\d+/g))

/**
 * A route that does not have the action passes the call on to the one that has, and Next then answers 200 with the refusal as
 * the action's result: an error, or what the action says to an id that names nothing. A file is a file to every method.
 */
function isRefused({ status, headers, text: answered }: Answer): boolean {
  const isFile = headers['content-type'] === 'image/svg+xml'
  return status >= 400 || /^1:(E\{|false$)/m.test(answered) || isFile
}

test('case 76: a malformed action or RSC request to any route is answered at once, and neither the console nor a webhook minds', async () => {
  test.setTimeout(180_000)
  const { cookies, url: origin } = callboard
  const calls = malformedCalls(actionNamed('markCallbackAsViewed').id)
  const odd: unknown[] = []
  const webhooks: number[] = []
  for (const route of builtRoutes().map(callboard.pathOf)) {
    const path = route.replace(/\[.*?\]/g, 'x')
    const attacks = calls.map(async ({ what, headers, body }) => {
      const sent = { origin, cookie: cookies.admin, ...headers }
      const answer = await callboard.send({ method: 'POST', path, headers: sent, body })
      if (!isRefused(answer)) odd.push([path, what, answer.status, answer.text.slice(0, 300)])
    })
    for (const word of ['one', 'two', 'three']) {
      webhooks.push((await callboard.post({ event: 'x', job_id: `${word} meanwhile`, path })).status)
    }
    await Promise.all(attacks)
    if (route.startsWith('/api/')) continue
    await Promise.all(
      routerHeaders.map((headers) => callboard.send({ path, headers: { cookie: cookies.admin, ...headers } })),
    )
  }
  expect(new Set(webhooks)).toEqual(new Set([200]))
  expect(odd).toEqual([])
  expect(consolePids().size).toBe(1)
  expect((await callboard.send({ path: '/sign-in' })).status).toBe(200)
  expect(await callboard.query('select from llm_callback_views')).toHaveLength(0)
})

test('case 76: a body for the console that is too long is 413, declared or not, whatever the route', async () => {
  for (const path of ['/callbacks', '/api/auth/sign-in/email', '/setup', '/nothing']) {
    const body = 'x'.repeat(256 * 1024 + 1)
    expect((await callboard.send({ method: 'POST', path, body })).status).toBe(413)
    const chunked = { 'transfer-encoding': 'chunked' }
    expect((await callboard.send({ method: 'POST', path, headers: chunked, body })).status).toBe(413)
  }
  const socket = await openRawSocket(Number(new URL(callboard.url).port))
  await socket.write('POST /callbacks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\nx')
  expect(await socket.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 413 /)
})

test('case 76: a body for the console that does not come to its end is 408, and one that is cut off harms nobody', async () => {
  const port = Number(new URL(callboard.url).port)
  const head = 'POST /callbacks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx'
  const [slow, cut] = [await openRawSocket(port), await openRawSocket(port)]
  await Promise.all([slow.write(head), cut.write(head)])
  cut.destroy()
  expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 /)
  expect((await callboard.send({ path: '/sign-in' })).status).toBe(200)
})
