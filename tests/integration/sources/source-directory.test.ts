import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeSource, deleteSource } from '@/lib/sources/change-source'
import { createSource } from '@/lib/sources/create-source'
import { addSecret, listSecrets, revokeSecret } from '@/lib/sources/secrets'
import { readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'
import { otherWebhookSecret, signed, verdict, webhookSecret } from '../../support/webhook-bodies'

// As the front doors of these tests have it.
const callboardSecret = 'a secret of Callboard’s own, for tests'

const known = { webhookSecrets: [webhookSecret, otherWebhookSecret], callboardSecret }

let database: TestDatabase
let replicas: FrontDoor[]
beforeAll(async () => {
  database = await createTestDatabase()
  replicas = [await startFrontDoor(database.url), await startFrontDoor(database.url)]
})
afterAll(async () => {
  for (const replica of replicas ?? []) await replica.stop()
  await database?.drop()
})

const hmac = (body: Buffer, secret: string) => createHmac('sha256', secret).update(body).digest('hex')

function delivery(slug: string, secret: string, jobId: string = randomUUID()) {
  const body = verdict({ job_id: jobId })
  return { path: `/api/webhooks/${slug}`, body, headers: { 'x-webhook-signature': `sha256=${hmac(body, secret)}` } }
}

const statusesOf = (slug: string, secret: string) =>
  Promise.all(replicas.map(async (replica) => (await replica.send(delivery(slug, secret))).status))

/** Resolves when every replica answers so. How long that takes is measured by `npm run bench:rotation`. */
async function untilAll(status: number, slug: string, secret: string): Promise<void> {
  const startedAt = performance.now()
  for (;;) {
    const statuses = await statusesOf(slug, secret)
    if (statuses.every((one) => one === status)) return
    if (performance.now() - startedAt > 10_000) throw new Error(`still ${statuses} after 10 s, not ${status}`)
    await sleep(20)
  }
}

async function newSource(preset = 'native'): Promise<{ slug: string; id: string; secret: string }> {
  const slug = `s-${randomUUID().slice(0, 8)}`
  await createSource(database.db, { slug, name: slug, preset })
  const { id, made } = await addSecret(database.db, callboardSecret, { source: slug })
  return { slug, id, secret: made ?? '' }
}

test('a new source takes callbacks on every replica, and a paused or deleted one is as unknown as any other', async () => {
  const { slug, secret } = await newSource()
  await untilAll(200, slug, secret)
  await changeSource(database.db, slug, { enabled: false })
  await untilAll(404, slug, secret)
  const [paused, unknown] = await Promise.all([
    replicas[0]?.send(delivery(slug, secret)),
    replicas[0]?.send(delivery('never-heard-of', secret)),
  ])
  expect(paused?.text).toBe(unknown?.text)
  await changeSource(database.db, slug, { enabled: true })
  await untilAll(200, slug, secret)
  await deleteSource(database.db, slug)
  await untilAll(404, slug, secret)
})

test('case 12: both secrets of a rotation are taken and told apart, and a revoked one is soon 401 on two replicas', async () => {
  const { slug, secret: old, id: oldId } = await newSource()
  await untilAll(200, slug, old)
  const { made, id: newId } = await addSecret(database.db, callboardSecret, { source: slug, name: 'next' })
  const next = made ?? ''
  await untilAll(200, slug, next)
  expect(await statusesOf(slug, old)).toEqual([200, 200])
  const used = (await readRows(database.db)).filter(({ source }) => source === slug).map(({ secretId }) => secretId)
  expect(new Set(used)).toEqual(new Set([oldId, newId]))

  await revokeSecret(database.db, { source: slug, id: oldId })
  await untilAll(401, slug, old)
  expect(await statusesOf(slug, next)).toEqual([200, 200])
})

test('a rotation under load refuses nothing that is signed with a live secret', async () => {
  const { slug, secret: old, id: oldId } = await newSource()
  await untilAll(200, slug, old)
  const statuses: number[] = []
  let current = old
  let isOver = false
  const sending = replicas.map(async (replica) => {
    while (!isOver) statuses.push((await replica.send(delivery(slug, current))).status)
  })
  const { made } = await addSecret(database.db, callboardSecret, { source: slug })
  await untilAll(200, slug, made ?? '')
  current = made ?? ''
  // What was signed with the old one is answered by then.
  await sleep(200)
  await revokeSecret(database.db, { source: slug, id: oldId })
  await untilAll(401, slug, old)
  isOver = true
  await Promise.all(sending)
  expect(statuses.length).toBeGreaterThan(20)
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('a secret ends by itself when it expires', async () => {
  const { slug, secret } = await newSource()
  await untilAll(200, slug, secret)
  const expiresAt = new Date(Date.now() + 1_500)
  const { made } = await addSecret(database.db, callboardSecret, { source: slug, expiresAt: expiresAt.toISOString() })
  await untilAll(200, slug, made ?? '')
  await untilAll(401, slug, made ?? '')
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime())
  expect(await statusesOf(slug, secret)).toEqual([200, 200])
})

test('each secret says how often it was used, and when last', async () => {
  const { slug, secret, id } = await newSource()
  await untilAll(200, slug, secret)
  const sent = (await readRows(database.db)).filter(({ source }) => source === slug).length
  await replicas[0]?.send(delivery(slug, 'a secret that nobody gave out, ever'))
  await expect
    .poll(async () => (await listSecrets(database.db, slug, known)).map((item) => [item.id, item.uses]))
    .toEqual([[id, sent]])
  const [item] = await listSecrets(database.db, slug, known)
  expect(Date.parse(item?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

describe('the built-in source', () => {
  test('takes the environment’s secrets and those that were added to it', async () => {
    const { made } = await addSecret(database.db, callboardSecret, { source: 'llm-callback' })
    await untilAll(200, 'llm-callback', made ?? '')
    const body = verdict()
    expect((await replicas[0]?.send(signed(body)))?.status).toBe(200)
    const items = await listSecrets(database.db, 'llm-callback', known)
    expect(items.map(({ isFromEnvironment }) => isFromEnvironment).sort()).toEqual([false, true, true])
    expect(items.some(({ isGone }) => isGone)).toBe(false)
    const later = await listSecrets(database.db, 'llm-callback', { ...known, webhookSecrets: [webhookSecret] })
    expect(later.filter(({ isGone }) => isGone)).toHaveLength(1)
  })
})

test('a secret that was sealed under another CALLBOARD_SECRET verifies nothing, and the log says so without it', async () => {
  const { slug, secret } = await newSource()
  await untilAll(200, slug, secret)
  const foreign = await addSecret(database.db, 'another secret of Callboard, of an earlier life', { source: slug })
  await expect.poll(() => replicas[0]?.logLines.some((line) => line.includes(foreign.id))).toBe(true)
  expect(await statusesOf(slug, foreign.made ?? '')).toEqual([401, 401])
  expect(await statusesOf(slug, secret)).toEqual([200, 200])
  const lines = replicas.flatMap(({ logLines }) => logLines).join('')
  for (const text of [secret, foreign.made ?? '', callboardSecret]) expect(lines).not.toContain(text)
})
