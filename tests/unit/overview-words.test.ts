import { describe, expect, test } from 'vitest'
import { bucketName } from '@/components/overview/bucket-name'
import { callbacksHref, failuresQuery, overviewQuery } from '@/components/overview/overview-query'
import {
  countsInWords,
  formatAxisDuration,
  formatChange,
  formatLarge,
  formatShare,
  formatSuccess,
} from '@/components/overview/overview-words'
import { type OverviewStatus, overviewStatuses } from '@/lib/overview/schemas'

const counts = (some: Partial<Record<OverviewStatus, number>>) =>
  ({ ...Object.fromEntries(overviewStatuses.map((status) => [status, 0])), ...some }) as Record<OverviewStatus, number>

test.each([
  [0, '0 %'],
  [0.0001, '0.1 %'],
  [0.5, '50 %'],
  [0.9733, '97.3 %'],
  [0.99999, '99.9 %'],
  [1, '100 %'],
])('a share of %d is %s: whole only where it is exact', (share, shown) => {
  expect(formatShare(share)).toBe(shown)
})

test.each([
  [{}, null],
  [{ canceled: 3 }, null],
  [{ completed: 3, failed: 1 }, '3 of 4'],
  [{ completed: 4, failed: 1, in_progress: 90 }, '80 %'],
])('success of %j is %j', (some, shown) => {
  expect(formatSuccess(counts(some))).toBe(shown)
})

test.each([
  [112, 100, '+12 %'],
  [97, 100, '−3 %'],
  [100, 100, '±0 %'],
  [5, 0, null],
  [null, 5, null],
])('%j after %j is %j', (value, previous, shown) => {
  expect(formatChange(value, previous)).toBe(shown)
})

test.each([
  [9_999, '9,999'],
  [18_204, '18.2 k'],
  [1_204_000, '1.2 M'],
  [2_500_000_000, '2.5 G'],
])('%d is %s', (number, shown) => {
  expect(formatLarge(number)).toBe(shown)
})

test.each([
  [0, '0 ms'],
  [840, '840 ms'],
  [4_200, '4.2 s'],
  [50_000, '50 s'],
  [150_000, '2.5 m'],
  [200_000, '3.3 m'],
  [4_320_000, '1.2 h'],
  [10_800_000, '3 h'],
])('%d ms beside an axis is %s', (ms, shown) => {
  expect(formatAxisDuration(ms)).toBe(shown)
})

test('counts in words follow the bars, from below', () => {
  expect(countsInWords(counts({ completed: 12, failed: 1, in_progress: 2 }))).toBe(
    '1 failed, 12 completed, 2 in progress',
  )
  expect(countsInWords(counts({}))).toBe('none')
})

test('a bucket is named by the clock, one of hours by its day too', () => {
  expect(bucketName('2026-11-23T13:30:00Z', 1_800, 'UTC')).toBe('13:30')
  expect(bucketName('2026-11-23T12:00:00Z', 10_800, 'UTC')).toBe('23 Nov 12:00')
})

describe('what is narrowed down here is narrowed down there', () => {
  const state = { range: '7d' as const, source: null, workflow: '!odd, name' }
  test('in the list of callbacks, whatever the name', () => {
    const href = callbacksHref(state, { status: 'failed' })
    expect(Object.fromEntries(new URLSearchParams(href.split('?')[1]))).toEqual({
      range: '7d',
      status: 'failed',
      workflow: '%21odd%2C name',
    })
  })

  test('by a bucket instead of the range', () => {
    expect(callbacksHref({ ...state, workflow: null }, { from: 'a', to: 'b' })).toBe('/callbacks?from=a&to=b')
  })

  test('in the questions to the API', () => {
    expect(new URLSearchParams(overviewQuery(state)).get('workflow')).toBe('!odd, name')
    expect(new URLSearchParams(failuresQuery(state)).get('limit')).toBe('5')
  })
})
