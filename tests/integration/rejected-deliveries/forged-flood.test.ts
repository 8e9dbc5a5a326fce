import { connect } from 'node:net'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rejectedDeliveries, rejectedDeliverySamples } from '@/db/schema'
import { createTestDatabase } from '../../support/database'
import { startFrontDoor } from '../../support/front-door'
import { requestHead, statusesIn } from '../../support/raw-socket'
import { countRejections } from '../../support/rejections'
import { signed, verdict } from '../../support/webhook-bodies'
import { jsonOf } from '../../support/webhook-server'

const networks = 1_250
const requestsEach = 16
const total = networks * requestsEach
const socketsAtOnce = 50

const body = '{"event":"workflow.completed","job_id":"forged"}'
const wrongSignature = `X-Webhook-Signature: sha256=${'5'.repeat(64)}`
const kinds = [
  (n: number) => [`made-up-${n}?key=${n}`, wrongSignature],
  () => ['llm-callback', 'Accept: */*'],
  () => ['llm-callback', 'X-Webhook-Signature: sha256=guess'],
  () => ['llm-callback', wrongSignature],
]

function forgery(n: number, index: number): string {
  const [pathEnd = '', header = ''] = kinds[index % kinds.length]?.(n) ?? []
  const connection = `Connection: ${index === requestsEach - 1 ? 'close' : 'keep-alive'}`
  const head = requestHead(
    [header, connection, `Content-Length: ${body.length}`],
    `POST /api/webhooks/${pathEnd} HTTP/1.1`,
  )
  return head + body
}

/** Sends forgeries down one connection from the n-th network, and resolves with their statuses. */
function forgeFrom(port: number, n: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: `127.${1 + (n >> 8)}.${n & 255}.9` })
    const requests = Array.from({ length: requestsEach }, (_, index) => forgery(n, index))
    let text = ''
    socket.on('error', reject)
    socket.on('connect', () => socket.write(requests.join('')))
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(statusesIn(text)))
  })
}

test('case 74: 20,000 forged deliveries from 1,250 networks are all counted, in at most 1,500 rows and 1 MB', async () => {
  const database = await createTestDatabase()
  const server = await startFrontDoor(database.url)
  try {
    const statuses: number[] = []
    for (let n = 0; n < networks; n += socketsAtOnce) {
      const some = Array.from({ length: socketsAtOnce }, (_, index) => forgeFrom(server.port, n + index))
      statuses.push(...(await Promise.all(some)).flat())
    }
    expect(statuses).toHaveLength(total)
    expect(new Set(statuses)).toEqual(new Set([401, 404]))
    expect(jsonOf(await server.send(signed(verdict())))).toMatchObject({ received: true })
    await server.stop()

    expect(await countRejections(database.db)).toEqual({
      'no_secret_matched llm-callback': total / 4,
      'signature_malformed llm-callback': total / 4,
      'signature_missing llm-callback': total / 4,
      unknown_source: total / 4,
    })
    const counts = await database.db.select().from(rejectedDeliveries)
    const samples = await database.db.select().from(rejectedDeliverySamples)
    expect(counts.filter(({ prefix }) => prefix !== 'other').length).toBeLessThanOrEqual(1_000)
    expect(counts.length + samples.length).toBeLessThanOrEqual(1_500)
    const { rows } = await database.db.execute<{ bytes: number }>(sql`
      select (pg_total_relation_size('rejected_deliveries') + pg_total_relation_size('rejected_delivery_samples'))::int as bytes`)
    expect(rows[0]?.bytes).toBeLessThanOrEqual(1_000_000)
  } finally {
    await database.drop()
  }
}, 120_000)
