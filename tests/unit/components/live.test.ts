import { describe, expect, test } from 'vitest'
import { backOffMs } from '@/components/live/back-off'
import { formatBadge } from '@/components/shell/counts'
import { titleWithCount } from '@/components/shell/tab-signs'

describe('after failures the waits double up to a minute, give or take a fifth', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [40, 60_000],
  ])('%d failures', (failures, ms) => {
    expect(backOffMs(failures, () => 0.5)).toBe(ms)
    expect(backOffMs(failures, () => 0)).toBe(ms * 0.8)
    expect(backOffMs(failures, () => 1)).toBe(ms * 1.2)
  })
})

test.each([
  [null, null],
  [0, null],
  [1, { shown: '1', exact: '1' }],
  [99, { shown: '99', exact: '99' }],
  [100, { shown: '99+', exact: '100' }],
  [1_000, { shown: '99+', exact: '1,000+' }],
])('a count of %j beside an icon', (count, badge) => {
  expect(formatBadge(count)).toEqual(badge)
})

test.each([
  ['Callbacks · Callboard', '12', '(12) Callbacks · Callboard'],
  ['(11) Callbacks · Callboard', '12', '(12) Callbacks · Callboard'],
  ['(99+) Callbacks · Callboard', null, 'Callbacks · Callboard'],
  ['Callbacks · Callboard', null, 'Callbacks · Callboard'],
])('the title %j with %j unviewed', (title, count, written) => {
  expect(titleWithCount(title, count)).toBe(written)
})
