import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import recorded from '../../fixtures/python-sender/recorded.json' with { type: 'json' }
import { type CallbackRow, clearRows, readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { hasPython, runPythonSender } from '../../support/run-python-sender'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import { hexHmac, jobUrl } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const jobId = '5f0c1d5e-3f43-4a63-9d0f-6a1f6c7b2e10'
const workflowName = 'emergency_contacts'

/** What the sender's eight events must have become, whoever carried them. */
function expectTheJob(rows: CallbackRow[]) {
  expect(rows).toMatchObject([
    ...['plan', 'search', 'read', 'draft', 'check', 'polish'].map((stepId, index) => ({
      eventType: 'llm.step.completed',
      status: 'in_progress',
      callbackId: jobId,
      workflowName,
      stepId,
      tokensTotal: 120 * (index + 1),
      durationMs: 842 + index,
      payloadState: 'stored',
    })),
    {
      eventType: 'workflow.completed',
      status: 'completed',
      callbackId: jobId,
      workflowName,
      stepId: null,
      tokensTotal: 2_520,
      costUsd: '0.000252',
      durationMs: 5_063,
      payloadState: 'raw_only',
    },
    {
      eventType: 'workflow.failed',
      status: 'failed',
      callbackId: `${jobId}-2`,
      workflowName,
      errorMessage: 'Zeitüberschreitung',
      payloadState: 'stored',
    },
  ])
  expect(rows).toHaveLength(8)
  expect(rows.map(({ conditions }) => conditions.filter((condition) => condition !== 'clock_skew'))).toEqual([
    [],
    [],
    [],
    [],
    [],
    [],
    ['non_finite_number'],
    [],
  ])
  expect(rows[6]?.payloadPreview).toContain('"text":"Grüße aus Zürich 🚀 — 完了"')
  expect(rows[0]?.costUsd).toBe('0.000012')
  for (const { raw, eventTime } of rows) {
    const sent = /"timestamp":"(.{26})\+00:00Z"/.exec(raw.toString())?.[1]
    expect(eventTime).toBe(`${sent}Z`)
  }
}

describe.each(webhookAdapters)('recorded from Python, through the $name', (adapter) => {
  const webhook = useWebhookServer(adapter)

  test('every recorded delivery is taken to the byte, each retry as a duplicate', async () => {
    const bodies = recorded.requests.map(({ body }) => Buffer.from(body, 'base64'))
    const answers = []
    for (const [index, { headers }] of recorded.requests.entries()) {
      const answer = await webhook.send({ headers, body: bodies[index] })
      expect(answer.status).toBe(200)
      answers.push(jsonOf(answer))
    }
    // The answer to the first attempt at each event was lost on the way.
    expect(answers.map(({ duplicate }) => duplicate)).toEqual(answers.map((_, index) => index % 2 === 1))
    const rows = await webhook.rows()
    expectTheJob(rows)
    expect(rows.map(({ deliveryCount }) => deliveryCount)).toEqual(Array(8).fill(2))
    expect(rows.map(({ raw }) => raw)).toEqual(bodies.filter((_, index) => index % 2 === 0))
  })
})

test('the recording is what the sender does: pure ASCII, sorted keys, bare NaN, a new timestamp in each retry', () => {
  const texts = recorded.requests.map(({ body }) => Buffer.from(body, 'base64').toString('latin1'))
  expect(texts).toHaveLength(16)
  for (const text of texts) {
    expect(text).toMatch(/^[\x20-\x7e]+$/)
    const keys = Object.keys(JSON.parse(text.replaceAll(/-?\b(NaN|Infinity)\b/g, 'null')))
    expect(keys).toEqual([...keys].sort())
  }
  expect(texts[12]).toMatch(/"best":Infinity,"score":NaN,.*"worst":-Infinity/)
  expect(new Set(texts).size).toBe(16)
  for (const { headers, body } of recorded.requests) {
    expect(headers['X-Webhook-Signature']).toBe(`sha256=${hexHmac(Buffer.from(body, 'base64'), recorded.secret)}`)
  }
})

if (hasPython()) {
  describe('a live Python sender', () => {
    let database: TestDatabase
    let server: FrontDoor
    beforeAll(async () => {
      database = await createTestDatabase()
      server = await startFrontDoor(database.url)
    })
    beforeEach(() => clearRows(database.db))
    afterAll(async () => {
      await server.stop()
      await database.drop()
    })
    const url = () => `http://127.0.0.1:${server.port}${jobUrl}`

    test('delivers a job of six steps, a verdict with NaN, and a failure', async () => {
      const { attempts, isComplete } = await runPythonSender(url(), ['--retry-delays', '5'])
      expect(isComplete).toBe(true)
      expect(attempts.map(({ status }) => status)).toEqual(Array(8).fill(200))
      const rows = await readRows(database.db)
      expectTheJob(rows)
      expect(rows.map(({ raw }) => raw)).toEqual(attempts.map(({ body }) => body))
    })

    test('whose answers are lost three times over leaves one row for each event', async () => {
      const { attempts, isComplete } = await runPythonSender(url(), [
        ...['--lose-answers', '3'],
        ...['--retry-delays', '0.01,0.02,0.03'],
      ])
      expect(isComplete).toBe(true)
      expect(attempts).toHaveLength(32)
      expect(new Set(attempts.map(({ body }) => body.toString('latin1'))).size).toBe(32)
      expect(attempts.filter(({ answer }) => !JSON.parse(answer).duplicate)).toHaveLength(8)
      const rows = await readRows(database.db)
      expectTheJob(rows)
      expect(rows.map(({ deliveryCount }) => deliveryCount)).toEqual(Array(8).fill(4))
    })

    test('that meets 503 while the database is frozen delivers its job with the retry', async () => {
      const blocker = new pg.Client({ connectionString: database.url })
      await blocker.connect()
      await blocker.query('begin; lock table llm_callbacks in access exclusive mode')
      let isFrozen = true
      const { attempts, isComplete } = await runPythonSender(url(), ['--retry-delays', '0.2,5,5'], () => {
        if (isFrozen) void blocker.query('commit')
        isFrozen = false
      })
      expect(isComplete).toBe(true)
      expect(attempts[0]?.status).toBe(503)
      expect(attempts.at(-1)?.status).toBe(200)
      expectTheJob(await readRows(database.db))
      await blocker.end()
    })
  })
} else {
  test('python3 is not here: only its recorded bytes were tested', () => {
    expect(recorded.requests).toHaveLength(16)
  })
}
