import { describe, expect, test } from 'vitest'
import { totalsOf } from '@/lib/overview/add-up'
import { durationOfStep, percentileOf } from '@/lib/overview/duration-steps'
import { overviewRanges, rangeShapes, spanOf } from '@/lib/overview/ranges'
import { sumDecimals } from '@/lib/overview/sum-decimals'

describe('costs are added as decimals', () => {
  test.each([
    [['0.1', '0.2'], '0.3'],
    [['1', '2'], '3'],
    [['0.0142', '-1'], '-0.9858'],
    [['-0.5', '0.25'], '-0.25'],
    [['99999999999999999999.9', '0.1'], '100000000000000000000.0'],
    [[], '0'],
    [['NaN', '1'], 'NaN'],
    [['Infinity', '1'], 'Infinity'],
  ])('%j', (decimals, sum) => {
    expect(sumDecimals(decimals)).toBe(sum)
  })
})

describe('a percentile is within 5 % of the duration', () => {
  const stepOf = (ms: number) => Math.ceil(Math.log(ms) / Math.log(1.1))
  test.each([1, 2, 7, 840, 4_200, 187_000, 36_000_000])('%d ms', (ms) => {
    const told = percentileOf(new Map([[stepOf(ms), 3]]), 0.5) ?? 0
    expect(Math.abs(told - ms)).toBeLessThanOrEqual(Math.max(1, ms * 0.05))
  })

  test('nearest rank: of a hundred the 50th and the 95th', () => {
    const counts = new Map([
      [30, 50],
      [40, 45],
      [50, 5],
    ])
    expect(percentileOf(counts, 0.5)).toBe(durationOfStep(30))
    expect(percentileOf(counts, 0.95)).toBe(durationOfStep(40))
    expect(percentileOf(counts, 1)).toBe(durationOfStep(50))
  })

  test('of none there is none; what took no time took none', () => {
    expect(percentileOf(new Map(), 0.5)).toBeNull()
    expect(percentileOf(new Map([[0, 1]]), 0.5)).toBe(0)
  })
})

test('a range begins with a bucket, has 61 at most, and one as long stands before it', () => {
  for (const range of overviewRanges) {
    const { seconds, bucketSeconds } = rangeShapes[range]
    const { from, to, previousFrom } = spanOf(range, new Date('2026-11-23T12:34:56.789Z'))
    expect(from.getTime() % (bucketSeconds * 1_000)).toBe(0)
    expect((from.getTime() - previousFrom.getTime()) / 1_000).toBe(seconds)
    const buckets = Math.floor((to.getTime() - from.getTime()) / 1_000 / bucketSeconds) + 1
    expect(buckets).toBe(seconds / bucketSeconds)
    expect(buckets).toBeLessThanOrEqual(61)
  }
})

test('what no callback reported is null, not zero', () => {
  const rollup = { status: 'in_progress' as const, durationStep: null, callbacks: 3, tokensTotal: null, costUsd: null }
  expect(totalsOf([rollup])).toMatchObject({
    counts: { in_progress: 3, completed: 0 },
    durationP50Ms: null,
    tokensTotal: null,
    costUsd: null,
  })
})
