import { createHash, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { authUsers } from '@/db/schema'
import { detailRowsMax, hexBytesMax, llmCallbackDetailSchema } from '@/lib/llm-callbacks/detail-schemas'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { markCallbackAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { type LLMCallbackId, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallback, insertCallbacks } from '../../support/insert-callback'

let testDatabase: TestDatabase
const ana = randomUUID()
const ben = randomUUID()

beforeEach(async () => {
  testDatabase = await createTestDatabase()
})
afterEach(() => testDatabase.drop())

async function detailOf(id: LLMCallbackId) {
  const detail = await getCallbackById(id, ana, testDatabase.db)
  if (!detail) throw new Error('not found')
  return detail
}

test('an unknown id is null', async () => {
  expect(await getCallbackById(llmCallbackIdSchema.parse(randomUUID()), ana, testDatabase.db)).toBeNull()
})

test('the detail has the fields whole, the verdict and the deliveries', async () => {
  const secretId = randomUUID()
  const raw = Buffer.from('{"a":1}')
  const { id } = await insertCallback(testDatabase.db, {
    raw,
    errorMessage: 'x'.repeat(5_000),
    signatureHeader: 'SHA256=AB',
    secretId,
    verifiedAt: new Date('2025-12-20T10:30:00.001Z'),
    deliveryCount: 4,
    createdAt: new Date('2025-12-20T10:30:00.002Z'),
    lastDeliveredAt: new Date('2025-12-20T10:31:05.000Z'),
  })
  const detail = await detailOf(id)
  expect(llmCallbackDetailSchema.parse(detail)).toEqual(detail)
  expect(detail).toMatchObject({
    errorMessage: 'x'.repeat(5_000),
    payloadText: '{"a":1}',
    payloadHex: null,
    sha256: createHash('sha256').update(raw).digest('hex'),
    signature: {
      valid: true,
      scheme: 'hmac-sha256-hex',
      header: 'SHA256=AB',
      secretId,
      verifiedAt: '2025-12-20T10:30:00.001Z',
    },
    deliveries: { count: 4, firstAt: '2025-12-20T10:30:00.002Z', lastAt: '2025-12-20T10:31:05.000Z' },
    variants: [{ id, createdAt: '2025-12-20T10:30:00.002Z' }],
    viewers: [],
    viewed: false,
  })
})

test('the text is exact: numbers digit for digit, escapes as sent (cases 27, 34)', async () => {
  const text = '{"n": 9007199254740993, "d":1.00, "e":1E2, "z":-0, "nul":"\\u0000", "lone":"\\ud800", "n":"ü\u2028"}\n'
  const { id } = await insertCallback(testDatabase.db, { raw: Buffer.from(text) })
  expect((await detailOf(id)).payloadText).toBe(text)
})

test('a BOM is not part of the text, yet of the hash (case 29)', async () => {
  const raw = Buffer.from('\uFEFF{}')
  const { id } = await insertCallback(testDatabase.db, { raw })
  const detail = await detailOf(id)
  expect(detail.payloadText).toBe('{}')
  expect(detail.sha256).toBe(createHash('sha256').update(raw).digest('hex'))
})

test('bytes that are not UTF-8 are shown in hex, the first 64 kB of them (case 30)', async () => {
  const raw = Buffer.concat([Buffer.from([0xff, 0x00, 0x0a]), Buffer.alloc(hexBytesMax, 'x')])
  const { id } = await insertCallback(testDatabase.db, { raw, payloadState: 'quarantined', payloadPreview: '' })
  const detail = await detailOf(id)
  expect(detail.payloadText).toBeNull()
  expect(detail.payloadHex).toBe(raw.subarray(0, hexBytesMax).toString('hex'))
  expect(detail.payloadBytes).toBe(raw.length)
})

test('each of a family names the first and all its variants, oldest first (case 46)', async () => {
  const first = await insertCallback(testDatabase.db)
  const second = await insertCallback(testDatabase.db, { variantOf: first.id })
  const third = await insertCallback(testDatabase.db, { variantOf: first.id })
  await insertCallback(testDatabase.db)
  for (const { id } of [first, second, third]) {
    const { variants } = await detailOf(id)
    expect(variants.map((variant) => variant.id)).toEqual([first.id, second.id, third.id])
  }
})

test('of a huge family the newest are named', async () => {
  const first = await insertCallback(testDatabase.db)
  const variants = await insertCallbacks(testDatabase.db, detailRowsMax + 1, { variantOf: first.id })
  const named = (await detailOf(first.id)).variants.map((variant) => variant.id)
  expect(named).toEqual(variants.slice(1).map((variant) => variant.id))
})

test('viewers are all who opened it, viewed is about the one who asks', async () => {
  const { id } = await insertCallback(testDatabase.db)
  await markCallbackAsViewed(id, ben, testDatabase.db)
  expect(await detailOf(id)).toMatchObject({ viewed: false, viewers: [{ adminUserId: ben }] })
  await markCallbackAsViewed(id, ana, testDatabase.db)
  expect(await detailOf(id)).toMatchObject({ viewed: true, viewers: [{ adminUserId: ben }, { adminUserId: ana }] })
})

test('viewers have their names, as long as there are such users', async () => {
  const { id } = await insertCallback(testDatabase.db)
  await testDatabase.db.insert(authUsers).values({ id: ana, name: 'Ana', email: 'ana@example.com' })
  await markCallbackAsViewed(id, ana, testDatabase.db)
  await markCallbackAsViewed(id, ben, testDatabase.db)
  const detail = await detailOf(id)
  expect(llmCallbackDetailSchema.parse(detail)).toEqual(detail)
  expect(detail.viewers).toMatchObject([
    { adminUserId: ana, name: 'Ana' },
    { adminUserId: ben, name: null },
  ])
})
