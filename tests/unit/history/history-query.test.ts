import { describe, expect, test } from 'vitest'
import {
  activeFilters,
  filterKey,
  filterQuery,
  pageKey,
  pageQuery,
  stateOfView,
  viewQuery,
} from '@/components/admin/history/history-query'
import { readHistoryState } from '@/components/admin/history/history-state'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'

const now = Date.parse('2026-11-23T12:00:00Z')
const decoded = (query: string) => Object.fromEntries(new URLSearchParams(query))

test('without filters the API is asked for a page and nothing else', () => {
  expect(decoded(pageQuery(readHistoryState(''), now))).toEqual({ limit: '50' })
  expect(activeFilters(readHistoryState(''))).toEqual([])
})

describe('what can’t be read is ignored, never an error', () => {
  test.each([
    'status=nope',
    'status=',
    'condition=!nope',
    'viewed=maybe',
    'range=2h',
    'from=yesterday',
    'from=%2B010000-01-01T00:00:00Z',
    'size=51',
    'cols=nope',
    'density=cozy',
    'job=',
    `job=${'x'.repeat(1_025)}`,
    'workflow=%00',
    'ids=1,2',
    `cursor=${'x'.repeat(65)}`,
    'what=ever',
  ])('%s', (query) => {
    expect(viewQuery(readHistoryState(query))).toBe('')
    expect(pageKey(readHistoryState(query))).toBe('')
  })

  test('a parameter that stands there twice, as Next hands it over', () => {
    expect(readHistoryState({ status: ['failed', 'completed'], q: 'timeout' })).toEqual(readHistoryState('q=timeout'))
  })
})

test('lists are sorted, exclusions after what is included, so that equal filters have equal URLs', () => {
  const one = readHistoryState('status=failed,completed,!queued,!in_progress,failed')
  const other = readHistoryState('status=!in_progress,completed,!queued,failed')
  expect(viewQuery(one)).toBe(viewQuery(other))
  expect(decoded(viewQuery(one)).status).toBe('completed,failed,!in_progress,!queued')
})

test.each([['a,b'], ['!loud'], ['!a,b'], ['100 %'], ['ünï & "quoted" + <b>']])(
  'a workflow named %j reaches the API as it is, included and excluded',
  (name) => {
    const state = { ...readHistoryState(''), workflow: { values: [name], excluded: [name] } }
    expect(readHistoryState(viewQuery(state)).workflow).toEqual(state.workflow)
    const { workflow } = historyInputSchema.parse(decoded(pageQuery(state, now)))
    expect(workflow).toEqual({ include: [name], exclude: [name] })
  },
)

test('a relative range stays relative in the URL and begins anew at each question', () => {
  const state = readHistoryState('range=24h')
  expect(viewQuery(state)).toBe('range=24h')
  expect(decoded(filterQuery(state, now))).toEqual({ from: '2026-11-22T12:00:00.000Z' })
  expect(decoded(filterQuery(state, now + 60_000))).toEqual({ from: '2026-11-22T12:01:00.000Z' })
  expect(pageKey(state)).toBe('range=24h')
})

test('a custom range is absolute, in UTC', () => {
  const state = readHistoryState('from=2026-11-01T00:00:00%2B01:00&to=2026-11-02T00:00:00Z')
  expect(decoded(filterQuery(state, now))).toEqual({
    from: '2026-10-31T23:00:00.000Z',
    to: '2026-11-02T00:00:00.000Z',
  })
})

test('a search of less than three characters is not asked for', () => {
  expect(filterQuery(readHistoryState('q=ab'), now)).toBe('')
  expect(filterQuery(readHistoryState('q=%20abc%20'), now)).toBe('q=abc')
})

test('a cursor leads to older rows, and after `newer:` to newer ones', () => {
  expect(decoded(pageQuery(readHistoryState('cursor=0123456789abcdef.7'), now))).toEqual({
    limit: '50',
    cursor: '0123456789abcdef.7',
  })
  expect(decoded(pageQuery(readHistoryState('cursor=newer:0123456789abcdef.7&size=25'), now))).toEqual({
    limit: '25',
    cursor: '0123456789abcdef.7',
    direction: 'newer',
  })
})

test('a saved view keeps filters and looks, but no place in the list', () => {
  const query = 'status=failed&range=7d&q=timeout&cols=status,says&size=100&density=compact'
  const state = readHistoryState(`${query}&cursor=0123456789abcdef.7&view=failed`)
  const saved = viewQuery(state)
  expect(decoded(saved)).toEqual(decoded(query))
  expect(stateOfView({ id: 'a-view', query: saved })).toEqual({ ...state, cursor: null, view: 'a-view' })
})

test('rows are kept by what they depend on; looks do not ask for them again', () => {
  const key = pageKey(readHistoryState('status=failed'))
  expect(pageKey(readHistoryState('status=failed&density=compact&cols=says&view=failed'))).toBe(key)
  expect(pageKey(readHistoryState('status=failed&size=100'))).not.toBe(key)
  expect(filterKey(readHistoryState('status=failed&size=100'))).toBe(key)
})
