import { expect, test } from 'vitest'
import { readDuration } from '@/cli/read-duration'

test('a duration is a whole number with a unit', () => {
  expect(['90m', '12h', '30d', '8w'].map(readDuration)).toEqual([5_400_000, 43_200_000, 2_592_000_000, 4_838_400_000])
})

test.each(['', '30', 'd', '0d', '-1d', '1.5h', '30 d', '30D', '1y', '1e3d', '30d12h', '٣d'])(
  'a duration that can’t be read is refused with what one looks like: %j',
  (text) => {
    expect(() => readDuration(text)).toThrow('must be a whole number and a unit: 90m, 12h, 30d or 8w')
  },
)

test('a duration of more than 100 years is refused', () => {
  expect(() => readDuration('36501d')).toThrow('at most 100 years')
  expect(() => readDuration('999999999w')).toThrow('at most 100 years')
})
