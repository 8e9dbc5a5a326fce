import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import { rejectedDeliveries } from '@/db/schema'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { openRawSocket, requestHead, statusesIn } from '../../support/raw-socket'
import { countRejections, untilRejected } from '../../support/rejections'
import { verdict } from '../../support/webhook-bodies'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.db.execute(sql`truncate rejected_deliveries, rejected_delivery_samples`))
afterAll(() => database.drop())

async function open(options?: Parameters<typeof startFrontDoor>[1]): Promise<FrontDoor> {
  const server = await startFrontDoor(database.url, options)
  onTestFinished(() => server.stop())
  return server
}
const prefixes = async () => {
  const rows = await database.db.select().from(rejectedDeliveries)
  return rows.map(({ prefix, count }) => [prefix, count]).sort()
}
const forwardedFor = (server: FrontDoor, chain: string) =>
  server.send({ body: verdict(), headers: { 'x-forwarded-for': chain } })

test('the network is the socket’s, whatever a sender claims about itself', async () => {
  const server = await open()
  await forwardedFor(server, '203.0.113.9')
  await untilRejected(database.db, 1)
  expect(await prefixes()).toEqual([['127.0.0.0/24', 1]])
})

test('behind a trusted proxy it is that of the client it speaks for', async () => {
  const server = await open({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] })
  await forwardedFor(server, '203.0.113.9, 198.51.100.7, 10.1.2.3')
  await forwardedFor(server, '::ffff:198.51.100.8')
  await forwardedFor(server, '2001:db8:1:22ff::5')
  await forwardedFor(server, 'nobody')
  await untilRejected(database.db, 4)
  expect(await prefixes()).toEqual([
    ['127.0.0.0/24', 1],
    ['198.51.100.0/24', 2],
    ['2001:db8:1:2200::/56', 1],
  ])
})

test('a body that grows too large on the way is counted; one that its sender leaves unfinished is not', async () => {
  const server = await open()
  const signature = `X-Webhook-Signature: sha256=${'0'.repeat(64)}`
  const chunked = await openRawSocket(server.port)
  await chunked.write(requestHead([signature, 'Transfer-Encoding: chunked']))
  await chunked.write(`200000\r\n${'x'.repeat(0x200000)}`)
  expect(await chunked.closed).toMatch(/^HTTP\/1\.1 413 /)
  const unfinished = await openRawSocket(server.port)
  await unfinished.write(requestHead([signature, 'Content-Length: 100']))
  unfinished.destroy()
  await server.send({ body: verdict() })
  await untilRejected(database.db, 2)
  expect(await countRejections(database.db)).toEqual({
    'signature_missing llm-callback': 1,
    'too_large llm-callback': 1,
  })
})

test('a small body that is refused unread does not cost its connection; one that is not there yet does', async () => {
  const server = await open()
  const forged = `${requestHead(['Content-Length: 2'])}{}`
  const socket = await openRawSocket(server.port)
  await socket.write(forged + forged)
  expect(statusesIn(await socket.until(/ 401 [\s\S]* 401 [\s\S]*}$/))).toEqual([401, 401])
  await socket.write(forged)
  expect(await socket.until(/( 401 [\s\S]*){3}}$/)).not.toMatch(/connection: close/i)
  await socket.write(requestHead(['Content-Length: 2']))
  expect(await socket.closed).toMatch(/connection: close/i)
})

test('while the database is away every forged delivery is answered, and counted once it is back', async () => {
  const server = await open()
  const name = new URL(database.url).pathname.slice(1)
  const elsewhere = new pg.Client({ connectionString: inject('postgresUrl') })
  await elsewhere.connect()
  await elsewhere.query(`alter database ${name} allow_connections false`)
  await elsewhere.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  try {
    for (let n = 0; n < 20; n++) expect((await server.send({ body: verdict() })).status).toBe(401)
    await vi.waitFor(() => expect(server.logLines.join('')).toContain('they could not be written'), { timeout: 20_000 })
    for (let n = 0; n < 20; n++) expect((await server.send({ body: verdict() })).status).toBe(401)
  } finally {
    await elsewhere.query(`alter database ${name} allow_connections true`)
    await elsewhere.end()
  }
  await untilRejected(database.db, 40)
  expect(await countRejections(database.db)).toEqual({ 'signature_missing llm-callback': 40 })
})
