import { request as httpRequest } from 'node:http'
import { expect } from '@playwright/test'
import { readRows } from '../support/callback-rows'
import { jobUrl, signed, verdict } from '../support/webhook-bodies'
import { type RunningFrontDoor, startFrontDoor } from './support/front-door'
import { holdInserts } from './support/hold-inserts'
import { type OpenStream, openStream } from './support/open-stream'
import { postWebhook } from './support/post-webhook'
import { test } from './support/postgres'
import { signedInAdmin } from './support/sessions'

test.setTimeout(180_000)

let callboard: RunningFrontDoor
let streams: OpenStream[] = []

test.beforeEach(async ({ database }) => {
  callboard = await startFrontDoor(database.url, { withConsole: true })
})
test.afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await callboard.remove()
})

/** As many streams as there may be: 25 admins with 20 each. */
async function openAll(cookies: readonly string[]): Promise<OpenStream[]> {
  const opened: OpenStream[] = []
  for (const cookie of cookies) {
    opened.push(...(await Promise.all(Array.from({ length: 20 }, () => openStream(callboard.url, cookie)))))
  }
  return opened
}

/** A request whose headers have arrived: it is under way. Its body, and so its answer, come when it is told. */
function openRequest(url: string) {
  const body = verdict()
  const request = httpRequest(`${url}${jobUrl}`, {
    method: 'POST',
    agent: false,
    headers: { ...signed(body).headers, 'content-length': body.length, expect: '100-continue' },
  })
  const answer = new Promise<number>((resolve, reject) => {
    request.once('error', reject)
    request.once('response', (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    })
  })
  return {
    isUnderWay: new Promise((resolve) => request.once('continue', resolve)),
    body,
    answer,
    finish: () => request.end(body),
  }
}

test('cases 60, 77: of 500 streams, 20 a user, one more is refused; then SIGTERM with 200 requests under way answers them all, ends every stream in order and is over in 5 s', async ({
  database,
}) => {
  const cookies = await Promise.all(Array.from({ length: 25 }, () => signedInAdmin(database.db)))
  const [cookie = ''] = cookies
  const [first, ...others] = await openAll([cookie])
  const tooMany = await openStream(callboard.url, cookie)
  expect(tooMany).toMatchObject({ status: 429, headers: { 'content-type': 'application/problem+json' } })
  expect(tooMany.headers['retry-after']).toBe('30')
  expect(JSON.parse(tooMany.first)).toMatchObject({ status: 429, code: 'too_many_streams' })
  // One that is closed makes room for another.
  first?.close()
  await expect.poll(async () => keep(await openStream(callboard.url, cookie))).toBe(200)

  function keep(stream: OpenStream): number {
    if (stream.status === 200) streams.push(stream)
    return stream.status
  }
  streams.push(...others, ...(await openAll(cookies.slice(1))))
  expect(streams.map(({ status }) => status)).toEqual(Array(500).fill(200))
  const full = await openStream(callboard.url, await signedInAdmin(database.db))
  expect(full).toMatchObject({ status: 503, headers: { 'retry-after': '30' } })
  expect(JSON.parse(full.first)).toMatchObject({ status: 503, code: 'overloaded' })

  const requests = Array.from({ length: 200 }, () => openRequest(callboard.url))
  await Promise.all(requests.map(({ isUnderWay }) => isUnderWay))
  const startedAt = performance.now()
  const exit = callboard.process.stop()
  await expect.poll(callboard.process.output).toContain('"msg":"stopping"')
  for (const { finish } of requests) finish()
  const answers = await Promise.all(requests.map(({ answer }) => answer))
  expect(answers).toEqual(Array(200).fill(200))
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(Array(500).fill('in order'))
  expect(await exit).toBe(0)
  const tookMs = performance.now() - startedAt
  test.info().annotations.push({ type: 'from SIGTERM to exit', description: `${Math.round(tookMs)} ms` })
  expect(tookMs).toBeLessThan(5_000)
  const stored = (await readRows(database.db)).map(({ raw }) => raw.toString())
  expect(stored.toSorted()).toEqual(requests.map(({ body }) => body.toString()).toSorted())
})

test('case 60: with PostgreSQL frozen, streams open and a client that has stopped in the middle of its body, SIGTERM is over in 5 s', async ({
  postgres,
  database,
}) => {
  const cookie = await signedInAdmin(database.db)
  streams = await Promise.all(Array.from({ length: 20 }, () => openStream(callboard.url, cookie)))
  expect((await postWebhook(callboard.url, verdict())).status).toBe(200)
  const stuck = openRequest(callboard.url)
  stuck.answer.catch(() => {})
  await stuck.isUnderWay
  const hold = await holdInserts(database.url)
  const waiting = Array.from({ length: 20 }, () => postWebhook(callboard.url, verdict()))
  await expect.poll(hold.waiting).not.toEqual([])
  postgres.freeze()
  try {
    const page = fetch(`${callboard.url}/api/admin/llm-callbacks`, { headers: { cookie } }).catch(() => null)
    const startedAt = performance.now()
    expect(await callboard.process.stop()).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(20).fill(503))
    await page
  } finally {
    postgres.thaw()
    await hold.letGo()
  }
})
