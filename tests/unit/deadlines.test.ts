import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDeadlines } from '@/lib/llm-callbacks/receive/deadlines'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('each item has its own time, and what is done in time is not told of', () => {
  const expired: string[] = []
  const deadlines = createDeadlines<string>(100, (item) => expired.push(item))
  deadlines.start('first')
  vi.advanceTimersByTime(60)
  deadlines.start('second')
  deadlines.start('done')
  deadlines.stop('done')
  vi.advanceTimersByTime(41)
  expect(expired).toEqual(['first'])
  vi.advanceTimersByTime(58)
  expect(expired).toEqual(['first'])
  vi.advanceTimersByTime(2)
  expect(expired).toEqual(['first', 'second'])
})

test('all that began together end together, and no timer is left', () => {
  const expired: number[] = []
  const deadlines = createDeadlines<number>(100, (item) => expired.push(item))
  for (let item = 0; item < 50; item++) deadlines.start(item)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(101)
  expect(expired).toHaveLength(50)
  expect(vi.getTimerCount()).toBe(0)
})

test('one that starts when all others are done still has its whole time', () => {
  const expired: string[] = []
  const deadlines = createDeadlines<string>(100, (item) => expired.push(item))
  deadlines.start('early')
  deadlines.stop('early')
  vi.advanceTimersByTime(90)
  deadlines.start('late')
  vi.advanceTimersByTime(99)
  expect(expired).toEqual([])
  vi.advanceTimersByTime(2)
  expect(expired).toEqual(['late'])
})
