import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expireRejections } from '@/lib/rejected-deliveries/expire-rejections'
import { createSource } from '@/lib/sources/create-source'
import { startDebugging, stopDebugging } from '@/lib/sources/doctor/debugging'
import { getDiagnosis } from '@/lib/sources/doctor/get-diagnosis'
import { readSavedRequest } from '@/lib/sources/doctor/read-saved-request'
import { addSecret } from '@/lib/sources/secrets'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { verdict, webhookSecret } from '../../support/webhook-bodies'

// As the front door of these tests has it.
const callboardSecret = 'a secret of Callboard’s own, for tests'

let database: TestDatabase
let server: FrontDoor
beforeAll(async () => {
  database = await createTestDatabase()
  server = await startFrontDoor(database.url)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

async function newSource(): Promise<{ slug: string; secret: string }> {
  const slug = `s-${randomUUID().slice(0, 8)}`
  await createSource(database.db, { slug, name: slug, preset: 'native' })
  const { made } = await addSecret(database.db, callboardSecret, { source: slug })
  return { slug, secret: made ?? '' }
}

const send = (slug: string, headers: Record<string, string>, body: Buffer = verdict()) =>
  server.send({ path: `/api/webhooks/${slug}`, headers, body })

const diagnosisOf = (slug: string) =>
  getDiagnosis(database.db, {
    slug,
    callboardSecret,
    webhookSecrets: [webhookSecret],
    webhookUrl: `http://localhost:3000/api/webhooks/${slug}`,
    now: new Date(),
  })

/** Resolves when the front door has noticed that a source is debugged, or no more. */
async function untilKept(slug: string, isKept: boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const before = (await diagnosisOf(slug)).deliveries.length
    await send(slug, {})
    await sleep(50)
    if ((await diagnosisOf(slug)).deliveries.length > before === isKept) return
  }
  throw new Error('the front door did not notice')
}

const signature = (body: Buffer, secret: string) => createHmac('sha256', secret).update(body).digest('base64')

describe('a source that is debugged', () => {
  test('keeps what it refuses, and the doctor says why; the sender is told no more than before', async () => {
    const { slug, secret } = await newSource()
    await startDebugging(database.db, slug, new Date())
    await untilKept(slug, true)
    const body = verdict()
    const refused = await send(slug, { 'x-webhook-signature': `sha256=${signature(body, secret)}` }, body)
    const unknown = await send('llm-callback', { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }, body)
    expect([refused.status, refused.text]).toEqual([401, unknown.text])
    await expect.poll(async () => (await diagnosisOf(slug)).deliveries[0]?.findings[0]?.cause).toBe('encoding')
    const { debugUntil, deliveries } = await diagnosisOf(slug)
    expect(Date.parse(debugUntil ?? '')).toBeGreaterThan(Date.now() + 14 * 60_000)
    expect(deliveries[0]).toMatchObject({ reason: 'signature_malformed', bodyBytes: body.length })
    expect(deliveries.at(-1)?.findings).toMatchObject([{ cause: 'missing_header' }])
  })

  test('is told of a secret that belongs to another source, by its name alone', async () => {
    const [{ slug }, other] = [await newSource(), await newSource()]
    await startDebugging(database.db, slug, new Date())
    await untilKept(slug, true)
    const body = verdict()
    const hex = createHmac('sha256', other.secret).update(body).digest('hex')
    await send(slug, { 'x-webhook-signature': `sha256=${hex}` }, body)
    await expect.poll(async () => (await diagnosisOf(slug)).deliveries[0]?.findings[0]?.cause).toBe('other_secret')
    const text = JSON.stringify(await diagnosisOf(slug))
    expect(text).toContain(`of the source “${other.slug}”`)
    expect(text).not.toContain(other.secret)
  })

  test('keeps 20 at most, none of them readable in the database, and nothing once it is stopped', async () => {
    const { slug } = await newSource()
    await startDebugging(database.db, slug, new Date())
    await untilKept(slug, true)
    for (let n = 0; n < 30; n++)
      await send(slug, { 'x-webhook-signature': 'sha256=canary-header' }, Buffer.from('canary-body'))
    await expect.poll(async () => (await diagnosisOf(slug)).deliveries.length).toBeGreaterThanOrEqual(20)
    await sleep(100)
    expect((await diagnosisOf(slug)).deliveries).toHaveLength(20)
    const { rows } = await database.db.$client.query<{ sealed: Buffer }>('select * from rejected_delivery_captures')
    expect(rows.length).toBeGreaterThanOrEqual(20)
    for (const row of rows) expect(JSON.stringify(row) + row.sealed.toString('latin1')).not.toContain('canary')
    await stopDebugging(database.db, slug)
    await untilKept(slug, false)
    expect(await diagnosisOf(slug)).toEqual({ debugUntil: null, deliveries: [] })
  })

  test('is forgotten after a day, wherever nobody asks again', async () => {
    const { slug } = await newSource()
    await startDebugging(database.db, slug, new Date())
    await untilKept(slug, true)
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
    await expireRejections(database.db, hours(23))
    expect((await diagnosisOf(slug)).deliveries.length).toBeGreaterThan(0)
    await expect.poll(() => expireRejections(database.db, hours(25))).toBe(true)
    expect((await diagnosisOf(slug)).deliveries).toEqual([])
  })

  test('does not change what is taken', async () => {
    const { slug, secret } = await newSource()
    await startDebugging(database.db, slug, new Date())
    await untilKept(slug, true)
    const body = verdict()
    const hex = createHmac('sha256', secret).update(body).digest('hex')
    const before = (await diagnosisOf(slug)).deliveries.length
    expect((await send(slug, { 'x-webhook-signature': `sha256=${hex}` }, body)).status).toBe(200)
    expect((await diagnosisOf(slug)).deliveries).toHaveLength(before)
  })
})

describe('a saved request', () => {
  test('is read to the byte, whichever line breaks its head has', () => {
    const body = Buffer.from([0x7b, 0x0d, 0x0a, 0x0d, 0x0a, 0xff, 0x7d, 0x0a])
    for (const line of ['\r\n', '\n']) {
      const head = ['POST /api/webhooks/x?token=1 HTTP/1.1', 'X-A:  one ', 'x-a: two', 'Host: h', '', ''].join(line)
      const read = readSavedRequest(Buffer.concat([Buffer.from(head), body]))
      expect(read.target).toBe('/api/webhooks/x?token=1')
      expect({ ...read.headers }).toEqual({ 'x-a': 'one, two', host: 'h' })
      expect(read.body.equals(body)).toBe(true)
    }
  })

  test.each([
    ['no request line', '{"a":1}'],
    ['a header that is none', 'POST / HTTP/1.1\nnonsense here\n\n{}'],
  ])('with %s is refused with a reason', (_, text) => {
    expect(() => readSavedRequest(Buffer.from(text))).toThrow(/The file/)
  })
})
