import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import nextConfig from '@/next-config'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import { hexHmac, jobUrl, signatureHeader, signed, verdict } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

describe.each(webhookAdapters)('$name', (adapter) => {
  const webhook = useWebhookServer(adapter)

  test('case 23: a signed gzip body is kept as it came, never inflated, and answered 415', async () => {
    // A megabyte of blanks in a kilobyte: what inflates it would see far more than it was sent.
    const wire = gzipSync(Buffer.concat([verdict(), Buffer.alloc(1_000_000, ' ')]))
    const answer = await webhook.post(wire, { 'content-encoding': 'gzip' })
    expect(answer).toMatchObject({ status: 415, code: 'content_encoding' })
    expect(await webhook.row()).toMatchObject({
      id: answer.id,
      raw: wire,
      payload: null,
      payloadState: 'quarantined',
      conditions: ['content_encoding'],
      callbackId: null,
    })
  })

  test('case 23: the signature of a gzip body is over the bytes on the wire', async () => {
    const plain = verdict()
    const headers = { [signatureHeader]: `sha256=${hexHmac(plain)}`, 'content-encoding': 'gzip' }
    expect((await webhook.send({ headers, body: gzipSync(plain) })).status).toBe(401)
    expect(await webhook.rows()).toEqual([])
  })

  test.each(['br', 'GZIP', 'identity, gzip', 'utf-8'])(
    'case 23: a body that is plain but called %s is not trusted to be',
    async (encoding) => {
      expect((await webhook.post(verdict(), { 'content-encoding': encoding })).status).toBe(415)
    },
  )

  test('case 23: Content-Encoding: identity is no encoding', async () => {
    expect((await webhook.post(verdict(), { 'content-encoding': 'Identity' })).status).toBe(200)
  })

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    'case 24: %s is answered 405 and what is allowed',
    async (method) => {
      const body = method === 'GET' || method === 'HEAD' ? {} : signed(verdict())
      const answer = await webhook.send({ ...body, method })
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toBe('POST, OPTIONS')
      expect(await webhook.rows()).toEqual([])
    },
  )

  test('case 24: OPTIONS is answered 204 and gives no browser a permission', async () => {
    const answer = await webhook.send({
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  test('case 24: a trailing slash is taken, not redirected', async () => {
    expect((await webhook.send({ ...signed(verdict()), path: `${jobUrl}/` })).status).toBe(200)
    expect(await webhook.rows()).toHaveLength(1)
  })

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'nonsense',
  ])('case 25: signed JSON is JSON, whatever its Content-Type says: %s', async (type) => {
    expect((await webhook.post(verdict(), type === undefined ? {} : { 'content-type': type })).status).toBe(200)
    expect(await webhook.row()).toMatchObject({ payloadState: 'stored', conditions: [] })
  })

  test('case 26: an empty body without a signature, or with that of another, is 401', async () => {
    expect((await webhook.send({ body: Buffer.alloc(0) })).status).toBe(401)
    const headers = { [signatureHeader]: `sha256=${hexHmac('{}')}` }
    expect((await webhook.send({ headers, body: Buffer.alloc(0) })).status).toBe(401)
    expect((await webhook.send({ headers })).status).toBe(401)
    expect(await webhook.rows()).toEqual([])
  })

  test('case 26: an empty body with its signature is 400 and kept', async () => {
    const answer = await webhook.post('')
    expect(answer).toMatchObject({ status: 400, code: 'empty_body' })
    expect(await webhook.row()).toMatchObject({
      id: answer.id,
      raw: Buffer.alloc(0),
      payloadState: 'quarantined',
      conditions: ['empty_body'],
    })
    expect((await webhook.post('')).id).toBe(answer.id)
    expect(await webhook.row()).toMatchObject({ deliveryCount: 2 })
  })

  test('an answer is never cached, and a problem is application/problem+json', async () => {
    const good = await webhook.send(signed(verdict()))
    const bad = await webhook.send(signed('nonsense'))
    expect(good.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'private, no-store' })
    expect(bad.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'private, no-store',
    })
    expect(jsonOf(bad)).toMatchObject({ status: 400, title: 'Bad Request', code: 'not_json' })
  })
})

test('case 24: Next is told not to redirect a trailing slash', () => {
  expect(nextConfig.skipTrailingSlashRedirect).toBe(true)
})
