import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeStep } from '@/lib/derived/take-step'
import type { LLMCallbackId } from '@/lib/llm-callbacks/schemas'
import { presets } from '@/lib/presets/presets'
import { awaitResults } from '@/lib/results/await-results'
import { fetchDueResults } from '@/lib/results/fetch-due-results'
import { type FetchedResult, fetchResult } from '@/lib/results/fetch-result'
import { getResult } from '@/lib/results/get-result'
import { type ResultRequest, resultRequest } from '@/lib/results/result-request'
import { removeApiKey, setApiKey } from '@/lib/sources/api-key'
import { createSource } from '@/lib/sources/create-source'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback } from '../../support/insert-callback'

const callboardSecret = 'a secret of Callboard’s own, for tests'
const key = 'sk-an-api-key-of-the-tests'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await createSource(database.db, { slug: 'openai', name: 'OpenAI', preset: 'openai' })
})
afterEach(() => database.drop())

/** A callback as OpenAI sends it, noted by the follower of the feed. */
async function receive(members: Record<string, unknown> = {}): Promise<LLMCallbackId> {
  const { id } = await insertCallback(database.db, {
    source: 'openai',
    eventType: 'response.completed',
    externalJobId: 'resp_1',
    ...members,
  })
  while ((await takeStep(awaitResults, database.db)) === 'more');
  return id
}

const setKey = () => setApiKey(database.db, callboardSecret, { source: 'openai', key, now: new Date(0) })

/** Fetches what is due, with these answers one after the other; says what was asked for. */
async function fetchWith(...answers: FetchedResult[]): Promise<ResultRequest[]> {
  const asked: ResultRequest[] = []
  await fetchDueResults(database.db, {
    callboardSecret,
    async ask(request) {
      asked.push(request)
      return answers[asked.length - 1] ?? { httpStatus: null, error: 'nothing more' }
    },
  })
  return asked
}

const becomeDue = () => database.db.execute(sql`update llm_callback_results set next_attempt_at = now()`)

describe('a result that the sender keeps', () => {
  test('is fetched with the key, once, and stored to the byte beside the callback', async () => {
    await setKey()
    const id = await receive()
    const body = Buffer.from('{"id":"resp_1","output":"Grüße","n":9007199254740993}')
    expect(await fetchWith({ httpStatus: 200, body })).toEqual([
      { url: 'https://api.openai.com/v1/responses/resp_1', headers: { authorization: `Bearer ${key}` } },
    ])
    expect(await getResult(id, database.db)).toMatchObject({
      state: 'fetched',
      attempts: 1,
      text: body.toString(),
      error: null,
    })
    expect(await fetchWith()).toEqual([])
  })

  test('is tried again after each pause, and given up after 8 tries; another key begins anew', async () => {
    await setKey()
    const id = await receive()
    const refused: FetchedResult = { httpStatus: 401, error: 'The API answered 401.' }
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await fetchWith(refused)).toHaveLength(1)
      // Not before its pause is over.
      expect(await fetchWith(refused)).toHaveLength(0)
      const state = attempt === 8 ? 'failed' : 'waiting'
      expect(await getResult(id, database.db)).toMatchObject({ state, attempts: attempt, httpStatus: 401 })
      await becomeDue()
    }
    expect(await fetchWith(refused)).toHaveLength(0)
    await setKey()
    expect(await fetchWith({ httpStatus: 200, body: Buffer.from('{}') })).toHaveLength(1)
  })

  test('is fetched by one of several who look at once, and by another where that one died', async () => {
    await setKey()
    await receive()
    const all = await Promise.all(Array.from({ length: 4 }, () => fetchWith({ httpStatus: 500, error: 'x' })))
    expect(all.flat()).toHaveLength(1)
    await database.db.execute(
      sql`update llm_callback_results set attempts = 1, next_attempt_at = now() - interval '1 second'`,
    )
    expect(await fetchWith({ httpStatus: 200, body: Buffer.from('{}') })).toHaveLength(1)
  })

  test('is not looked for without a key, for what came before it, without a job, or where nothing is kept', async () => {
    const before = await receive()
    await setApiKey(database.db, callboardSecret, { source: 'openai', key, now: new Date(Date.now() + 60_000) })
    const early = await receive()
    await removeApiKey(database.db, 'openai')
    await setKey()
    const withoutJob = await receive({ externalJobId: null })
    const otherEvent = await receive({ eventType: 'eval.run.succeeded' })
    expect(await fetchWith()).toEqual([])
    for (const id of [before, early, withoutJob, otherEvent]) expect(await getResult(id, database.db)).toBe(null)
  })

  test('is waited for no more once the key is removed; what was fetched stays', async () => {
    await setKey()
    const fetched = await receive()
    await fetchWith({ httpStatus: 200, body: Buffer.from('{}') })
    const waiting = await receive({ externalJobId: 'resp_2' })
    await removeApiKey(database.db, 'openai')
    expect(await getResult(waiting, database.db)).toBe(null)
    expect(await getResult(fetched, database.db)).toMatchObject({ state: 'fetched' })
  })

  test('goes with its callback', async () => {
    await setKey()
    const id = await receive()
    await database.db.execute(sql`delete from llm_callbacks where id = ${id}::uuid`)
    expect(await getResult(id, database.db)).toBe(null)
  })

  test('is not asked for with a key that another CALLBOARD_SECRET sealed', async () => {
    await setApiKey(database.db, 'another secret of an earlier life', { source: 'openai', key, now: new Date(0) })
    const id = await receive()
    expect(await fetchWith()).toEqual([])
    expect((await getResult(id, database.db))?.error).toContain('CALLBOARD_SECRET')
  })
})

test('a source whose sender keeps no results takes no key', async () => {
  await createSource(database.db, { slug: 'native-one', name: 'x', preset: 'native' })
  const input = { source: 'native-one', key, now: new Date() }
  await expect(setApiKey(database.db, callboardSecret, input)).rejects.toThrow(/nothing to fetch/)
})

test.each(['sk-with a blank in it', 'sk-with-a-line\nbreak', 'sk-beyond-ascii-ü'])(
  '%j is no key: no error may quote it',
  async (text) => {
    const input = { source: 'openai', key: text, now: new Date() }
    await expect(setApiKey(database.db, callboardSecret, input)).rejects.toThrow(/^An API key has/)
  },
)

test('a job’s id leads nowhere else', () => {
  for (const preset of [...presets.values()].filter(({ result }) => result)) {
    if (!preset.result) continue
    for (const [beginning, template] of Object.entries(preset.result.urls)) {
      for (const jobId of ['../../admin', '..', '.', 'a/b?c=d#e', '@evil.example', '$&', 'ü\n']) {
        const request = resultRequest(preset.result, { eventType: `${beginning}x`, jobId, apiKey: '$& key' })
        if (!request) continue
        const url = new URL(request.url)
        expect(url.origin).toBe(new URL(template).origin)
        expect(url.pathname.split('/')).toHaveLength(new URL(template).pathname.split('/').length)
        expect([url.search, url.hash]).toEqual(['', ''])
        expect(Object.values(request.headers).join()).toContain('$& key')
      }
    }
  }
})

describe('asking an API', () => {
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
      else if (request.url === '/long') response.end(Buffer.alloc(5 * 1024 * 1024))
      else if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '10' }).write('x', () => response.destroy())
      else if (request.url === '/missing') response.writeHead(404).end('secret details')
      else response.end(request.headers.authorization)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const ask = (path: string) => fetchResult({ url: origin + path, headers: { authorization: 'Bearer x' } })

  test('sends the key, and gives the exact bytes', async () => {
    expect(await ask('/')).toEqual({ httpStatus: 200, body: Buffer.from('Bearer x') })
  })

  test.each([
    ['/moved', { httpStatus: 302, error: 'The API answered 302.' }],
    ['/missing', { httpStatus: 404, error: 'The API answered 404.' }],
    ['/long', { httpStatus: 200, error: 'The answer is longer than 4 MB.' }],
    ['/cut', { httpStatus: null, error: expect.stringContaining('The API did not answer') }],
  ])('%s is a reason, and never thrown', async (path, result) => {
    expect(await ask(path)).toEqual(result)
  })
})
