import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { sourceSecrets } from '@/db/schema'
import { createTestDatabase } from '../../support/database'
import { startFrontDoor } from '../../support/front-door'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import {
  hexHmac,
  jobUrl,
  otherWebhookSecret,
  senderTime,
  signatureHeader,
  signed,
  verdict,
  webhookSecret,
} from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const wrong = `sha256=${'0'.repeat(64)}`

describe.each(webhookAdapters)('$name', (adapter) => {
  const webhook = useWebhookServer(adapter)
  const body = verdict()
  const hex = hexHmac(body)
  const right = `sha256=${hex}`

  const statusFor = async (value: string | string[], bytes: Buffer = body) =>
    (await webhook.send({ headers: { [signatureHeader]: value }, body: bytes })).status

  async function expectRefused(value: string | string[], bytes: Buffer = body) {
    expect(await statusFor(value, bytes)).toBe(401)
    expect(await webhook.rows()).toEqual([])
  }

  async function expectTaken(value: string | string[]) {
    expect(await statusFor(value)).toBe(200)
    expect(await webhook.rows()).toHaveLength(1)
  }

  test('case 1: without a signature header the answer is 401 before the body is read', async () => {
    const answer = await webhook.send({ body: 'announced but not sent' })
    expect(answer.status).toBe(401)
    expect(await webhook.rows()).toEqual([])
  })

  test.each([hex, `sha1=${hex}`, `sha512=${hex}`, `sha256:${hex}`, `v1=${hex}`, `hmac sha256=${hex}`, `=${hex}`])(
    'case 2: a signature that does not begin with sha256= is refused: %s',
    (value) => expectRefused(value),
  )

  test.each([
    ['63 digits', `sha256=${hex.slice(1)}`],
    ['65 digits', `${right}0`],
    ['no digit', 'sha256='],
    ['nothing', ''],
    ['blanks', '   '],
    ['a comma', ','],
    ['128 digits', `sha256=${hex}${hex}`],
  ])('case 3: a signature of the wrong length is refused: %s', (_, value) => expectRefused(value))

  test.each([
    ['zz', `${right}zz`],
    ['two more digits', `${right}00`],
    ['a blank and a word', `${right} x`],
    ['a semicolon', `${right};v=1`],
    ['junk before it', `x${right}`],
    ['0x', `sha256=0x${hex.slice(2)}`],
    ['a last digit that is none', `sha256=${hex.slice(0, 63)}g`],
  ])('case 4: junk around 64 good digits is refused: %s', (_, value) => expectRefused(value))

  test.each([
    ['upper-case digits', signatureHeader, `sha256=${hex.toUpperCase()}`],
    ['SHA256=', signatureHeader, `SHA256=${hex}`],
    ['X-Webhook-Signature', 'X-Webhook-Signature', right],
    ['X-WEBHOOK-SIGNATURE', 'X-WEBHOOK-SIGNATURE', right],
  ])('case 5: letter case does not matter: %s', async (_, name, value) => {
    expect((await webhook.send({ headers: { [name]: value }, body })).status).toBe(200)
    expect(await webhook.rows()).toHaveLength(1)
  })

  test.each([` ${right}`, `${right}   `, `\t${right}\t`])(
    'case 6: blanks around a signature are ignored: %j',
    (value) => expectTaken(value),
  )

  test.each([
    ['two headers, the second right', [wrong, right]],
    ['two headers, the first right', [right, wrong]],
    ['a comma list without blanks', `${wrong},${right}`],
    ['five candidates, the last right', `${wrong}, ${wrong}, ${wrong}, ${wrong}, ${right}`],
    ['one that is malformed and one that is right', `v1=abc, ${right}`],
  ])('case 7: one right signature among at most five is enough: %s', (_, value) => expectTaken(value))

  test.each([
    ['two headers, none right', [wrong, wrong]],
    ['six candidates, the first right', [right, wrong, wrong, wrong, wrong, wrong].join(', ')],
    ['six headers, the last right', [wrong, wrong, wrong, wrong, wrong, right]],
    ['the right one six times', Array(6).fill(right).join(',')],
    ['a thousand candidates', [...Array(100).fill(wrong), right].join(',')],
  ])('case 7: none right, or more than five, is refused: %s', (_, value) => expectRefused(value))

  test.each([
    ['UTF-8 letters', Buffer.from('sha256=grün').toString('latin1')],
    ['a good signature and a byte 0xFF', `${right}\xff`],
    ['a byte 0x80 for a digit', `sha256=\x80${hex.slice(1)}`],
    ['a no-break space after it', `${right}\xa0x`],
    ['full-width digits', Buffer.from(`sha256=${'０'.repeat(64)}`).toString('latin1')],
  ])('case 8: bytes beyond ASCII in the header are refused, not an error: %s', (_, value) => expectRefused(value))

  test('case 9: a signature by a secret that is not live is refused', async () => {
    for (const secret of [
      '',
      `${webhookSecret} `,
      webhookSecret.toUpperCase(),
      `${webhookSecret},${otherWebhookSecret}`,
    ]) {
      await expectRefused(`sha256=${hexHmac(body, secret)}`)
    }
  })

  test('case 9: any of the 256 bits of a signature flipped is refused', async () => {
    const statuses = new Set<number>()
    for (let bit = 0; bit < 256; bit++) {
      const bytes = Buffer.from(hex, 'hex')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      statuses.add(await statusFor(`sha256=${bytes.toString('hex')}`))
    }
    expect([...statuses]).toEqual([401])
    expect(await webhook.rows()).toEqual([])
  })

  test('case 9: one bit of any byte of the body flipped, one byte more or one less is refused', async () => {
    const statuses = new Set<number>()
    for (let at = 0; at < body.length; at++) {
      const changed = Buffer.from(body)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at & 7))
      statuses.add(await statusFor(right, changed))
    }
    statuses.add(await statusFor(right, Buffer.concat([body, Buffer.from('\n')])))
    statuses.add(await statusFor(right, body.subarray(0, -1)))
    expect([...statuses]).toEqual([401])
    expect(await webhook.rows()).toEqual([])
  })

  test('case 10: a signature that fits only the re-serialised JSON is refused', async () => {
    const value = { event: 'workflow.completed', job_id: 'j', result: 'é' }
    const sent = Buffer.from(JSON.stringify(value, null, 1))
    await expectRefused(`sha256=${hexHmac(JSON.stringify(value))}`, sent)
    const escaped = JSON.stringify(value).replace('é', '\\u00e9')
    await expectRefused(`sha256=${hexHmac(escaped)}`, Buffer.from(JSON.stringify(value)))
  })

  test('cases 1 to 10: every cause of a 401 gets the same answer', async () => {
    const answers = await Promise.all(
      [undefined, '', hex, 'sha256=', `${right}zz`, wrong, Array(6).fill(right).join(','), 'sha256=\xff'].map((value) =>
        webhook.send({ body, headers: value === undefined ? {} : { [signatureHeader]: value } }),
      ),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(new Set(answers.map(({ headers }) => headers['content-type']))).toEqual(
      new Set(['application/problem+json']),
    )
    const members = answers[0] && jsonOf(answers[0])
    expect(members).toEqual({ status: 401, title: 'Unauthorized', code: 'signature_invalid', detail: members?.detail })
  })

  test('each live secret is accepted, and the callback says which one it was', async () => {
    const ids = new Map<string, string | null>()
    for (const secret of [webhookSecret, otherWebhookSecret]) {
      const bytes = verdict()
      const headers = { [signatureHeader]: `sha256=${hexHmac(bytes, secret)}` }
      const answer = await webhook.send({ headers, body: bytes })
      expect(answer.status).toBe(200)
      const stored = (await webhook.rows()).find((row) => row.id === jsonOf(answer).id)
      ids.set(secret, stored?.secretId ?? null)
      expect(stored).toMatchObject({
        signatureValid: true,
        signatureHeader: headers[signatureHeader],
        signatureScheme: 'hmac-sha256-hex',
        source: 'llm-callback',
      })
    }
    const known = await webhook.db().select({ id: sourceSecrets.id }).from(sourceSecrets)
    expect(new Set(ids.values())).toEqual(new Set(known.map(({ id }) => id)))
    expect(ids.size).toBe(2)
  })

  test('another path is another source: one that is not there is 404, whatever the signature', async () => {
    for (const path of [
      '/api/webhooks/nobody',
      '/api/webhooks/llm-callback2',
      '/api/webhooks/LLM-callback',
      '/api/webhooks/llm%2Dcallback%00',
    ]) {
      expect((await webhook.send({ ...signed(verdict()), path })).status).toBe(404)
    }
    expect((await webhook.send({ ...signed(verdict()), path: `${jobUrl}?job=1` })).status).toBe(200)
    expect(await webhook.rows()).toHaveLength(1)
  })

  test.each(['1 second', '30 days'])('case 13: a byte-identical replay after %s is a duplicate', async (age) => {
    const first = await webhook.post(body)
    expect(first).toMatchObject({ status: 200, received: true, duplicate: false })
    await webhook.db().execute(sql`update llm_callbacks set
      created_at = created_at - ${age}::interval, last_delivered_at = last_delivered_at - ${age}::interval`)
    const before = await webhook.row()
    const replay = await webhook.post(body)
    expect(replay).toEqual({ ...first, duplicate: true })
    const after = await webhook.row()
    expect(after).toMatchObject({ id: first.id, deliveryCount: 2, raw: body, createdAt: before.createdAt })
    expect(after.lastDeliveredAt.getTime()).toBeGreaterThan(before.lastDeliveredAt.getTime())
  })

  test('case 14: a retry with a new timestamp is a duplicate', async () => {
    const members = { job_id: 'job-14', result: { text: 'same', timestamp: 'not the one at the top' } }
    const sent = verdict(members)
    const first = await webhook.post(sent)
    for (const timestamp of [senderTime(), '2025-12-20T10:30:00Z', 1_766_226_600, null]) {
      expect(await webhook.post(verdict({ ...members, timestamp }))).toEqual({ ...first, duplicate: true })
    }
    expect(await webhook.row()).toMatchObject({ id: first.id, deliveryCount: 5, raw: sent })
  })
})

test('case 11: a live secret of fewer than 32 bytes works and is warned of, without naming it', async () => {
  const database = await createTestDatabase()
  const secret = randomBytes(12).toString('base64')
  const server = await startFrontDoor(database.url, { webhookSecrets: [secret] })
  const body = verdict()
  const answer = await server.send({ body, headers: { [signatureHeader]: `sha256=${hexHmac(body, secret)}` } })
  expect(answer.status).toBe(200)
  expect(server.logLines.filter((line) => line.includes('fewer than 32 bytes'))).toHaveLength(1)
  expect(server.logLines.join('')).not.toContain(secret)
  await server.stop()
  await database.drop()
})
