import { expect, test } from 'vitest'
import { createTally, type RejectedDelivery, type TallyBatch } from '@/lib/rejected-deliveries/tally'

const rejected = (change: Partial<RejectedDelivery> = {}): RejectedDelivery => ({
  source: 'llm-callback',
  reason: 'no_secret_matched',
  address: '192.0.2.1',
  target: '/api/webhooks/llm-callback',
  bodyBytes: 100,
  at: new Date('2026-03-01T10:30:45.678Z'),
  ...change,
})

/** The n-th network. */
const addressIn = (n: number) => `10.${n >> 8}.${n & 255}.7`
const sum = ({ counts }: TallyBatch) => counts.reduce((total, { count }) => total + count, 0)

test('one key counts a minute, a source, a reason and a network, and remembers when it was last seen', () => {
  const tally = createTally()
  tally.add(rejected())
  tally.add(rejected({ address: '192.0.2.99', at: new Date('2026-03-01T10:30:59.999Z') }))
  tally.add(rejected({ at: new Date('2026-03-01T10:31:00.000Z') }))
  tally.add(rejected({ source: '', reason: 'unknown_source' }))
  expect(tally.take().counts.map(({ periodStart, ...row }) => ({ ...row, at: new Date(periodStart) }))).toMatchObject([
    { at: new Date('2026-03-01T10:30:00Z'), prefix: '192.0.2.0/24', count: 2, lastSeenAt: 1772361059999 },
    { at: new Date('2026-03-01T10:31:00Z'), prefix: '192.0.2.0/24', count: 1 },
    { at: new Date('2026-03-01T10:30:00Z'), source: '', reason: 'unknown_source', count: 1 },
  ])
  expect(tally.isEmpty()).toBe(true)
})

test('more than 1,000 networks are one other for each source, reason and hour, and none goes uncounted', () => {
  const tally = createTally()
  for (let n = 0; n < 3_000; n++) tally.add(rejected({ address: addressIn(n) }))
  for (let n = 0; n < 3_000; n++) tally.add(rejected({ address: addressIn(n), reason: 'signature_missing' }))
  tally.add(rejected({ address: addressIn(999) }))
  const batch = tally.take()
  expect(batch.counts).toHaveLength(1_002)
  const others = batch.counts.filter(({ prefix }) => prefix === 'other')
  expect(others).toMatchObject([
    { reason: 'no_secret_matched', count: 2_000, periodStart: Date.parse('2026-03-01T10:00:00Z') },
    { reason: 'signature_missing', count: 3_000 },
  ])
  expect(batch.counts).toContainEqual(expect.objectContaining({ prefix: '10.3.231.0/24', count: 2 }))
  expect(sum(batch)).toBe(6_001)
})

test('what could not be written is counted on, within the same bounds', () => {
  const tally = createTally()
  for (let round = 0; round < 5; round++) {
    for (let n = 0; n < 700; n++) tally.add(rejected({ address: addressIn(round * 700 + n) }))
    const batch = tally.take()
    tally.add(rejected({ address: addressIn(9_000) }))
    tally.putBack(batch)
  }
  const batch = tally.take()
  expect(batch.counts).toHaveLength(1_001)
  expect(batch.samples.length).toBeLessThanOrEqual(20)
  expect(sum(batch)).toBe(5 * 701)
})

test('a flood of one kind gives two examples, and leaves room for those of the others', () => {
  const tally = createTally()
  for (let n = 0; n < 1_000; n++) tally.add(rejected({ target: `/api/webhooks/llm-callback?${n}` }))
  tally.add(rejected({ reason: 'too_large', bodyBytes: 2_000_000 }))
  const { samples } = tally.take()
  expect(samples.map(({ reason }) => reason)).toEqual(['no_secret_matched', 'no_secret_matched', 'too_large'])
  expect(samples[2]).toEqual({
    source: 'llm-callback',
    reason: 'too_large',
    prefix: '192.0.2.0/24',
    rejectedAt: Date.parse('2026-03-01T10:30:45.678Z'),
    path: '/api/webhooks/llm-callback',
    bodyBytes: 2_000_000,
  })
  tally.add(rejected())
  expect(tally.take().samples).toHaveLength(1)
})
