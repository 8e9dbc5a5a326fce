import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import { step, verdict } from '../../support/webhook-bodies'

const steps = ['plan', 'search', 'read', 'draft', 'check', 'polish']

describe.each(webhookAdapters)('$name', (adapter) => {
  const webhook = useWebhookServer(adapter)

  test('case 13: each of many replays is counted on the one row', async () => {
    const body = verdict()
    for (let delivery = 1; delivery <= 5; delivery++) {
      expect(await webhook.post(body)).toMatchObject({ status: 200, duplicate: delivery > 1 })
      expect((await webhook.row()).deliveryCount).toBe(delivery)
    }
  })

  test('case 14: a retry of a quarantined body is its duplicate', async () => {
    const failed = await webhook.post('{"event":"workflow.completed"')
    const again = await webhook.post('{"event":"workflow.completed"')
    expect(again).toEqual(failed)
    const noJob = await webhook.post(verdict({ job_id: undefined }))
    expect((await webhook.post(verdict({ job_id: undefined }))).id).toBe(noJob.id)
    expect((await webhook.rows()).map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2])
  })

  test('cases 35 and 36: what is left of an unreadable body without its timestamp, sent alone, is another one', async () => {
    const noEvent = Buffer.from('{"job_id":"j","timestamp":"2025-12-20T10:30:00Z"}')
    const remainder = Buffer.from('{"job_id":"j",}')
    const first = await webhook.post(noEvent)
    const second = await webhook.post(remainder)
    expect([first.status, second.status]).toEqual([422, 400])
    expect((await webhook.rows()).map(({ id, raw }) => ({ id, raw }))).toEqual([
      { id: first.id, raw: noEvent },
      { id: second.id, raw: remainder },
    ])
  })

  test('cases 23 and 35: the same bytes that can’t be read for two reasons are two, each with its own', async () => {
    const body = '{"event":"e"'
    const plain = await webhook.post(body)
    const encoded = await webhook.post(body, { 'content-encoding': 'gzip' })
    expect([plain.status, encoded.status]).toEqual([400, 415])
    expect((await webhook.rows()).map(({ id, conditions }) => ({ id, conditions }))).toEqual([
      { id: plain.id, conditions: ['not_json'] },
      { id: encoded.id, conditions: ['content_encoding'] },
    ])
  })

  test('case 43: of 20 identical deliveries at once one is no duplicate, and all are answered 200', async () => {
    const body = verdict()
    const answers = await Promise.all(Array.from({ length: 20 }, () => webhook.post(body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    const row = await webhook.row()
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([row.id]))
    expect(row.deliveryCount).toBe(20)
  })

  test('case 44: a job of six steps and a verdict is seven callbacks; retries add none, another result adds one', async () => {
    const jobId = randomUUID()
    const deliver = async () => {
      const answers = []
      for (const stepId of steps) answers.push(await webhook.post(step(jobId, stepId)))
      answers.push(await webhook.post(verdict({ job_id: jobId })))
      return answers
    }
    const first = await deliver()
    expect(first.map(({ duplicate }) => duplicate)).toEqual(Array(7).fill(false))
    expect(first.map(({ callbackId }) => callbackId)).toEqual(Array(7).fill(jobId))
    for (let retry = 1; retry <= 4; retry++) {
      expect(await deliver()).toEqual(first.map((answer) => ({ ...answer, duplicate: true })))
    }
    const rows = await webhook.rows()
    expect(rows.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    expect(rows.map(({ deliveryCount }) => deliveryCount)).toEqual(Array(7).fill(5))
    expect(rows.map(({ stepId, status }) => [stepId, status])).toEqual([
      ...steps.map((stepId) => [stepId, 'in_progress']),
      [null, 'completed'],
    ])

    const rerun = await webhook.post(verdict({ job_id: jobId, result: { text: 'another result' } }))
    expect(rerun).toMatchObject({ status: 200, duplicate: false })
    const eight = await webhook.rows()
    expect(eight).toHaveLength(8)
    expect(eight[7]).toMatchObject({ id: rerun.id, variantOf: first[6]?.id, conditions: ['variant'], deliveryCount: 1 })
    expect(eight.slice(0, 7)).toEqual(rows)
  })

  test('case 45: failed and then completed, for one job, are two callbacks', async () => {
    const jobId = randomUUID()
    const failed = verdict({
      event: 'workflow.failed',
      job_id: jobId,
      status: 'failed',
      result: undefined,
      error: { type: 'RateLimitError', message: 'too many tokens' },
    })
    expect(await webhook.post(failed)).toMatchObject({ status: 200, duplicate: false })
    expect(await webhook.post(verdict({ job_id: jobId }))).toMatchObject({ status: 200, duplicate: false })
    const rows = await webhook.rows()
    expect(rows.map(({ status, errorMessage, variantOf }) => ({ status, errorMessage, variantOf }))).toEqual([
      { status: 'failed', errorMessage: 'too many tokens', variantOf: null },
      { status: 'completed', errorMessage: null, variantOf: null },
    ])
  })

  test('case 45: a step that arrives after the verdict leaves the verdict as it was', async () => {
    const jobId = randomUUID()
    await webhook.post(verdict({ job_id: jobId }))
    const before = await webhook.row()
    await webhook.post(step(jobId, 'late', { status: 'completed' }))
    const [verdictRow, stepRow] = await webhook.rows()
    expect(verdictRow).toEqual(before)
    expect(stepRow).toMatchObject({ status: 'in_progress', stepId: 'late', variantOf: null })
  })

  test('case 46: the same identity with other content is a callback of its own, and its retries are its duplicates', async () => {
    const jobId = randomUUID()
    const deliver = (text: string) => webhook.post(verdict({ job_id: jobId, result: { text } }))
    const first = await deliver('one')
    const second = await deliver('two')
    const third = await deliver('three')
    expect([first, second, third].map(({ status, duplicate }) => [status, duplicate])).toEqual(
      Array(3).fill([200, false]),
    )
    expect(new Set([first.id, second.id, third.id]).size).toBe(3)
    expect(await deliver('two')).toEqual({ ...second, duplicate: true })
    expect(await deliver('three')).toEqual({ ...third, duplicate: true })
    expect(await deliver('one')).toEqual({ ...first, duplicate: true })
    expect(await deliver('two')).toEqual({ ...second, duplicate: true })
    const rows = await webhook.rows()
    expect(rows.map(({ variantOf, conditions, deliveryCount }) => ({ variantOf, conditions, deliveryCount }))).toEqual([
      { variantOf: null, conditions: [], deliveryCount: 2 },
      { variantOf: first.id, conditions: ['variant'], deliveryCount: 3 },
      { variantOf: first.id, conditions: ['variant'], deliveryCount: 2 },
    ])
  })

  test('case 46: a digit, a nested timestamp or a step’s output that differs is other content', async () => {
    const jobId = randomUUID()
    const contents = [{ n: 1 }, { n: 1.5 }, { n: 1, timestamp: 1 }, { n: 1, timestamp: 2 }]
    for (const result of contents) await webhook.post(verdict({ job_id: jobId, result }))
    for (const result of contents) await webhook.post(step(jobId, 's', { result }))
    const rows = await webhook.rows()
    expect(rows.map(({ conditions }) => conditions.includes('variant'))).toEqual([
      false,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ])
  })

  test('a step without a step_id is told from another by its content', async () => {
    const jobId = randomUUID()
    const one = await webhook.post(step(jobId, undefined, { tokens: 1 }))
    const two = await webhook.post(step(jobId, undefined, { tokens: 2 }))
    expect(await webhook.post(step(jobId, undefined, { tokens: 1 }))).toEqual({ ...one, duplicate: true })
    expect(two.duplicate).toBe(false)
    expect((await webhook.rows()).map(({ variantOf }) => variantOf)).toEqual([null, null])
  })

  test('identity parts never run together, and an id header that nobody signed decides nothing', async () => {
    const stepEvent = 'llm.step.completed'
    const bodies = [
      step('a', `b${stepEvent}c`),
      step(`a${stepEvent}b`, 'c'),
      step(`a${stepEvent}b${stepEvent}c`, undefined),
      verdict({ event: 'workflow.failed', job_id: 'ab' }),
      verdict({ event: 'workflow.completed', job_id: 'ab' }),
    ]
    for (const body of bodies) {
      const answer = await webhook.post(body, {
        'webhook-id': 'msg_1',
        'x-webhook-id': 'msg_1',
        'x-webhook-event': 'x',
      })
      expect(answer).toMatchObject({ status: 200, duplicate: false })
    }
    const [body = Buffer.alloc(0)] = bodies
    expect(await webhook.post(body, { 'webhook-id': 'msg_2' })).toMatchObject({ duplicate: true })
    expect((await webhook.rows()).map(({ variantOf }) => variantOf)).toEqual(bodies.map(() => null))
  })

  test('case 49: the same key many times at once: one row for each content, and every delivery answered', async () => {
    const jobId = randomUUID()
    const deliveries = Array.from({ length: 30 }, (_, index) => `result ${index % 3}`)
    const answers = await Promise.all(
      deliveries.map((text) => webhook.post(verdict({ job_id: jobId, result: { text } }))),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200))
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(3)
    const rows = await webhook.rows()
    expect(rows.map(({ deliveryCount }) => deliveryCount)).toEqual([10, 10, 10])
    expect(rows.map(({ variantOf }) => variantOf)).toEqual([null, rows[0]?.id, rows[0]?.id])
    deliveries.forEach((text, index) => {
      const row = rows.find(({ id }) => id === answers[index]?.id)
      expect(row?.raw.includes(text)).toBe(true)
    })
  })
})
