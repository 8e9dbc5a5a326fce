import { expect, test } from '@playwright/test'
import { buildId, builtRoutes } from './support/build'
import { admin } from './support/callboard'
import {
  canary,
  type GuardedCallboard,
  guardedActions,
  guardedApi,
  guardedPages,
  guardedRoutes,
  openRoutes,
  startGuardedCallboard,
} from './support/guarded-callboard'
import type { Answer } from './support/request'

let callboard: GuardedCallboard
test.beforeAll(async () => {
  callboard = await startGuardedCallboard()
})
test.afterAll(() => callboard.remove())

function expectNoData(answer: Answer): void {
  expect(answer.text).not.toContain(canary)
  expect(answer.text).not.toContain(admin.email)
}

/** What has bypassed gates of Next before (CVE-2025-29927), and what it or we use inside. */
const forgedHeaders: Record<string, string>[] = [
  {},
  ...['middleware', 'src/middleware', 'proxy', 'src/proxy', 'pages/_middleware'].map((name) => ({
    'x-middleware-subrequest': Array(6).fill(name).join(':'),
  })),
  { 'x-middleware-subrequest-id': '1', 'x-middleware-next': '1', 'x-middleware-rewrite': '/callbacks' },
  { 'x-callboard-path': '/callbacks', 'x-invoke-path': '/callbacks', 'x-matched-path': '/callbacks' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
  {
    authorization: 'Bearer x',
    'x-callboard-proxy-token': 'x',
    'x-original-url': '/callbacks',
    'x-rewrite-url': '/callbacks',
  },
]

test('case 69: every route and action of the build is either guarded or known to be open', () => {
  expect(guardedPages()).toContain('/callbacks/[id]')
  expect(guardedActions().map(({ name }) => name)).toContain('markCallbackAsViewed')
  for (const route of Object.keys(openRoutes)) expect(builtRoutes()).toContain(route)
  for (const route of guardedRoutes()) {
    // A new kind of parameter needs a value here, for a path that names nothing would be refused for that.
    expect([route, /\[(?!(id|slug)\])/.test(route)]).toEqual([route, false])
  }
})

test('case 69: every guarded route of the API is 401 without a session and 403 without the role, whatever is forged', async () => {
  for (const route of guardedApi()) {
    for (const [who, status] of [
      ['nobody', 401],
      ['plain', 403],
    ] as const) {
      for (const forged of forgedHeaders) {
        const cookie: Record<string, string> = who === 'plain' ? { cookie: callboard.cookies.plain } : {}
        const answer = await callboard.send({ path: callboard.pathOf(route), headers: { ...forged, ...cookie } })
        expect([route, who, answer.status]).toEqual([route, who, status])
        expect(answer.headers['content-type']).toBe('application/problem+json')
        expectNoData(answer)
      }
    }
  }
})

test('case 69: no other method of a guarded route of the API does more', async () => {
  for (const route of guardedApi()) {
    for (const method of ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await callboard.send({ method, path: callboard.pathOf(route) })
      expect([401, 405]).toContain(answer.status)
      expectNoData(answer)
    }
    const options = await callboard.send({ method: 'OPTIONS', path: callboard.pathOf(route) })
    expect(Object.keys(options.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})

test('case 69: every guarded page leads to sign-in without a session and is 403 without the role, whatever is forged', async () => {
  for (const route of guardedPages()) {
    for (const forged of forgedHeaders) {
      const nobody = await callboard.send({ path: callboard.pathOf(route), headers: forged })
      expect([route, nobody.status]).toEqual([route, 307])
      expect(nobody.headers.location).toMatch(/^\/sign-in(\?|$)/)
      expectNoData(nobody)
      const plainUser = await callboard.send({
        path: callboard.pathOf(route),
        headers: { ...forged, cookie: callboard.cookies.plain },
      })
      expect([route, plainUser.status]).toEqual([route, 403])
      expectNoData(plainUser)
    }
  }
})

/** The ways in which Next’s own client, and whoever plays it, asks for a page. */
const rscHeaders: Record<string, string>[] = [
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '2' },
  { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-segment-prefetch': '/!KGNvbnNvbGUp/callbacks/__PAGE__', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-state-tree': encodeURIComponent('["",{"children":["callbacks",{}]},null,"refetch"]') },
]

/** Next answers an RSC request without the right `_rsc` by a redirect to it. */
async function sendRsc(path: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await callboard.send({ path, headers })
  const { location } = answer.headers
  const isSamePage = answer.status === 307 && location?.startsWith(`${path}?_rsc`)
  return isSamePage && location ? callboard.send({ path: location, headers }) : answer
}

test('case 69: every RSC variant of a guarded page holds no data without the session or without the role', async () => {
  for (const route of guardedPages()) {
    for (const headers of rscHeaders) {
      const asAdmin = await sendRsc(callboard.pathOf(route), { ...headers, cookie: callboard.cookies.admin })
      expect([asAdmin.status, asAdmin.headers['content-type']?.includes('html') ?? false]).not.toEqual([200, true])
      for (const cookie of ['', callboard.cookies.plain]) {
        const answer = await sendRsc(callboard.pathOf(route), { ...headers, cookie })
        expectNoData(answer)
        const says = `${answer.status} ${answer.headers.location ?? ''} ${answer.text}`
        const refusal = cookie === '' ? /NEXT_REDIRECT;\w+;\/sign-in|^307 \/sign-in|^404/ : /;403|^403|^404/
        // A prefetch gets the frame around a page, for which nothing was asked of the database.
        if (!('next-router-prefetch' in headers || 'next-router-segment-prefetch' in headers))
          expect(says).toMatch(refusal)
      }
    }
    const paths = ['.rsc', '.segments/_tree.segment.rsc', '.txt', '.prefetch.rsc', '.json'].map(
      (end) => callboard.pathOf(route) + end,
    )
    for (const path of [
      ...paths,
      `/_next/data/${buildId()}${callboard.pathOf(route)}.json`,
      `/_next/image?url=${callboard.pathOf(route)}&w=64&q=75`,
    ]) {
      for (const cookie of ['', callboard.cookies.plain])
        expectNoData(await callboard.send({ path, headers: { cookie } }))
    }
  }
  // What would have been found, had it been there.
  const seen = await sendRsc(`/callbacks/${callboard.callbackId}`, { rsc: '1', cookie: callboard.cookies.admin })
  expect([seen.status, seen.headers['content-type']]).toEqual([200, 'text/x-component'])
  expect(seen.text).toContain(canary)
})

test('case 69: no other spelling of a path gets around the gate', async () => {
  const path = `/callbacks/${callboard.callbackId}`
  const spellings = [
    `/${path}`,
    `${path}/`,
    `/%63allbacks/${callboard.callbackId}`,
    `/callbacks%2f${callboard.callbackId}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/(console)${path}`,
    `/en${path}`,
    `/_next/..${path}`,
    `/icon.svg/..${path}`,
    `/api/..${path}`,
    `${callboard.url}${path}`,
    `http://evil.example${path}`,
    `${path}?_rsc=1`,
    `${path}?__nextDefaultLocale=en&nxtPid=${callboard.callbackId}`,
    `${path};x=1`,
    `/callbacks\\${callboard.callbackId}`,
    `/api/admin/llm-callbacks/${callboard.callbackId}/`,
    `//api/admin/llm-callbacks/${callboard.callbackId}`,
    `/api/auth/../admin/llm-callbacks/${callboard.callbackId}`,
    `/api/webhooks/../admin/llm-callbacks/${callboard.callbackId}`,
  ]
  for (const spelling of spellings) {
    for (const cookie of ['', callboard.cookies.plain]) {
      const answer = await callboard.send({ path: spelling, headers: { cookie } })
      expectNoData(answer)
      expect([spelling, answer.status === 200]).toEqual([spelling, false])
    }
  }
})

test('case 69: every guarded action is 401 without a session, 403 without the role, and does nothing', async () => {
  for (const action of guardedActions()) {
    for (const forged of forgedHeaders) {
      const headers = { ...forged, origin: callboard.url }
      const nobody = await callboard.callAction(action, headers)
      expect([action.name, nobody.status]).toEqual([action.name, 401])
      const plainUser = await callboard.callAction(action, { ...headers, cookie: callboard.cookies.plain })
      expect([action.name, plainUser.status]).toEqual([action.name, 403])
      for (const answer of [nobody, plainUser]) expectNoData(answer)
    }
  }
  expect(await callboard.query('select from llm_callback_views')).toHaveLength(0)
})
