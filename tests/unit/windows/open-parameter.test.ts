import { expect, test } from 'vitest'
import { openParameterOf, parseOpenParameter, permalinkId } from '@/components/windows/open-parameter'

const id = (digit: number) => `0190000${digit}-0000-7000-8000-000000000000`

test('windows survive the way into a URL and back', () => {
  const windows = [
    { callbackId: id(1), tab: null },
    { callbackId: id(2), tab: 'payload' as const },
  ]
  const text = openParameterOf(windows)
  expect(text).toBe(`${id(1)},${id(2)}.payload`)
  expect(parseOpenParameter(text ?? '')).toEqual(windows)
  expect(openParameterOf([])).toBeNull()
})

test.each(['', ',', 'x', '../etc', `${id(1)}x`, "'; drop table", '%00'])('%j opens nothing', (text) => {
  expect(parseOpenParameter(text)).toEqual([])
})

test('an unknown tab is the standard one, and an id that stands twice is one window', () => {
  expect(parseOpenParameter(`${id(1)}.nonsense,${id(2)},${id(1)}.details`)).toEqual([
    { callbackId: id(2), tab: null },
    { callbackId: id(1), tab: 'details' },
  ])
  expect(parseOpenParameter(`${id(1)}.nonsense`)).toEqual([{ callbackId: id(1), tab: null }])
})

test('five windows are too many: the last four open', () => {
  expect(parseOpenParameter([1, 2, 3, 4, 5].map(id).join(','))).toHaveLength(4)
})

test('only the path of one callback is a permalink', () => {
  expect(permalinkId(`/callbacks/${id(1)}`)).toBe(id(1))
  expect(permalinkId('/callbacks/nonsense')).toBe('nonsense')
  expect(permalinkId('/callbacks')).toBeNull()
  expect(permalinkId(`/sources/${id(1)}`)).toBeNull()
})
