import { expect, test } from 'vitest'
import { type AttentionGroup, groupsLeft } from '@/components/admin/attention/attention-rows'

const group = (...ids: string[]): AttentionGroup => ({ newest: {} as AttentionGroup['newest'], ids, firstSeenAt: '' })
const groups = [group('a', 'b', 'c'), group('d')]
const idsLeft = (marks: [string, boolean][], isHandled = false) =>
  groupsLeft(groups, new Map(marks), isHandled).map(({ ids }) => ids)

test('what was handled leaves the open ones, and comes back where that is undone', () => {
  expect(idsLeft([])).toEqual([['a', 'b', 'c'], ['d']])
  expect(idsLeft([['d', true]])).toEqual([['a', 'b', 'c']])
  expect(idsLeft([['b', true]])).toEqual([['a', 'c'], ['d']])
  expect(idsLeft([['d', false]])).toEqual([['a', 'b', 'c'], ['d']])
})

test('what was reopened leaves the handled ones', () => {
  expect(idsLeft([['d', false]], true)).toEqual([['a', 'b', 'c']])
  expect(idsLeft([['d', true]], true)).toEqual([['a', 'b', 'c'], ['d']])
})
