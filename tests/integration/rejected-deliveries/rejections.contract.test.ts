import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { rejectedDeliveries, rejectedDeliverySamples } from '@/db/schema'
import { countRejections, untilRejected } from '../../support/rejections'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import { hexHmac, signatureHeader, signed, verdict } from '../../support/webhook-bodies'

describe.each(webhookAdapters)('rejected deliveries through the $name', (adapter) => {
  const webhooks = useWebhookServer(adapter)
  beforeEach(() => webhooks.db().execute(sql`truncate rejected_deliveries, rejected_delivery_samples`))

  test('case 74: each is counted under its reason and source, and nothing of its body or headers is kept', async () => {
    const body = verdict({ result: 'canary-body' })
    const headers = { authorization: 'Bearer canary-header' }
    const statuses = []
    for (const request of [
      { body, headers },
      { body, headers: { ...headers, [signatureHeader]: 'sha256=canary-signature' } },
      { body, headers: { ...headers, [signatureHeader]: `sha256=${hexHmac(body, 'a secret of somebody else')}` } },
      signed(Buffer.alloc(1_048_577, 'x')),
      { ...signed(body), path: '/api/webhooks/made-up?key=canary-query' },
      { ...signed(body), path: '/api/webhooks/made-up-as-well' },
    ]) {
      statuses.push((await webhooks.send(request)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 413, 404, 404])
    await untilRejected(webhooks.db(), 6)
    expect(await countRejections(webhooks.db())).toEqual({
      'signature_missing llm-callback': 1,
      'signature_malformed llm-callback': 1,
      'no_secret_matched llm-callback': 1,
      'too_large llm-callback': 1,
      unknown_source: 2,
    })
    const samples = await webhooks.db().select().from(rejectedDeliverySamples).orderBy(rejectedDeliverySamples.id)
    const length = body.length
    expect(samples.map(({ reason, bodyBytes, path }) => [reason, bodyBytes, path])).toEqual([
      ['signature_missing', length, '/api/webhooks/llm-callback'],
      ['signature_malformed', length, '/api/webhooks/llm-callback'],
      ['no_secret_matched', length, '/api/webhooks/llm-callback'],
      ['too_large', 1_048_577, '/api/webhooks/llm-callback'],
      ['unknown_source', length, '/api/webhooks/made-up'],
      ['unknown_source', length, '/api/webhooks/made-up-as-well'],
    ])
    const counts = await webhooks.db().select().from(rejectedDeliveries)
    expect(JSON.stringify([samples, counts])).not.toMatch(/canary|sha256=/)
    expect(await webhooks.rows()).toEqual([])
  })

  test('what is accepted, kept in quarantine or no delivery at all is not counted', async () => {
    await webhooks.post(verdict())
    await webhooks.post('not JSON')
    expect((await webhooks.send({ method: 'GET' })).status).toBe(405)
    expect((await webhooks.send({ method: 'OPTIONS' })).status).toBe(204)
    // Counted after the others, and so written with them if they were.
    await webhooks.send({ ...signed(verdict()), path: `/api/webhooks/${randomUUID()}` })
    await untilRejected(webhooks.db(), 1)
    expect(await countRejections(webhooks.db())).toEqual({ unknown_source: 1 })
  })
})
