import { expect, test } from 'vitest'
import { readHistoryState } from '@/components/admin/history/history-state'
import { activeTab, differsFrom, stateOnTab, viewTabs } from '@/components/admin/history/view-tabs'

const view = { id: '0190a3f2-7c11-7000-8000-00000000000a', name: 'Slow ones', query: 'status=failed&workflow=slow' }
const tabs = viewTabs([view])
const tabOf = (query: string) => activeTab(tabs, readHistoryState(query)).name

test.each([
  ['', 'All'],
  ['status=failed', 'Failed'],
  ['status=failed&view=failed', 'Failed'],
  ['status=failed&workflow=slow', 'Slow ones'],
  [`status=failed&workflow=slow&view=${view.id}`, 'Slow ones'],
  // Still on the tab that it came from, with a filter more.
  ['status=failed&q=timeout&view=failed', 'Failed'],
  // The tab's own filter is gone, so it is not that tab any more.
  ['q=timeout&view=failed', 'All'],
  // Another admin's view has no tab here, and shows the same rows.
  ['status=failed&view=0190a3f2-7c11-7000-8000-00000000000b', 'Failed'],
  ['viewed=false', 'Unviewed'],
  ['status=canceled,completed,failed', 'Verdicts'],
])('%j is on the tab %s', (query, name) => {
  expect(tabOf(query)).toBe(name)
})

test('a view can be saved once the page shows something else than its tab', () => {
  const isChanged = (query: string) => {
    const state = readHistoryState(query)
    return differsFrom(activeTab(tabs, state), state)
  }
  expect(isChanged('')).toBe(false)
  expect(isChanged('status=failed&view=failed')).toBe(false)
  expect(isChanged('status=failed&density=compact')).toBe(false)
  expect(isChanged('status=failed&q=timeout&view=failed')).toBe(true)
  expect(isChanged(`status=failed&workflow=slow&size=100&view=${view.id}`)).toBe(true)
})

test('a standard tab leaves the looks as they are, a saved one brings its own', () => {
  const [all, , , failed, saved] = tabs
  if (!all || !failed || !saved) throw new Error('a tab is missing')
  expect(stateOnTab(all)).toMatchObject({ view: null, cursor: null, q: null })
  expect(stateOnTab(failed)).not.toHaveProperty('density')
  expect(stateOnTab(saved)).toMatchObject({ view: view.id, density: null, size: 50 })
})
