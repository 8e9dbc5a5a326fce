import type { SavedView } from '@/lib/saved-views/schemas'
import { activeFilters, viewQuery } from './history-query'
import { type HistoryState, readHistoryState, serializeParameter } from './history-state'

export type ViewTab = Readonly<{ id: string; name: string; query: string; isSaved: boolean }>

/** The views that everybody has. */
const standardTabs: readonly ViewTab[] = [
  { id: 'all', name: 'All', query: '', isSaved: false },
  { id: 'unviewed', name: 'Unviewed', query: 'viewed=false', isSaved: false },
  { id: 'verdicts', name: 'Verdicts', query: 'status=canceled,completed,failed', isSaved: false },
  { id: 'failed', name: 'Failed', query: 'status=failed', isSaved: false },
]

export function viewTabs(saved: readonly SavedView[]): ViewTab[] {
  return [...standardTabs, ...saved.map((view) => ({ ...view, isSaved: true }))]
}

/**
 * The tab that the page is on: the one that the URL names, as long as its filters are all still there, else the one that has
 * exactly the page's filters, else All. Whoever opens another admin's URL sees the same rows, under a tab of their own.
 */
export function activeTab(tabs: readonly ViewTab[], state: HistoryState): ViewTab {
  const [all] = standardTabs
  const named = tabs.find(({ id }) => id === state.view)
  if (named && isWithin(named, state)) return named
  return tabs.find((tab) => !differsFrom(tab, state)) ?? (all as ViewTab)
}

/** Whether the page shows something else than the tab says by itself. */
export function differsFrom(tab: ViewTab, state: HistoryState): boolean {
  return viewQuery(readHistoryState(tab.query)) !== viewQuery(tab.isSaved ? state : withStandardLook(state))
}

/** The page's state on this tab; what a standard tab says nothing of, as density and columns, stays. */
export function stateOnTab(tab: ViewTab): Partial<HistoryState> {
  const { density, cols, size, ...filters } = readHistoryState(tab.query)
  const look = tab.isSaved ? { density, cols, size } : {}
  return { ...filters, ...look, cursor: null, view: tab.id === 'all' ? null : tab.id }
}

function isWithin(tab: ViewTab, state: HistoryState): boolean {
  const own = readHistoryState(tab.query)
  return activeFilters(own).every((key) => serializeParameter(key, own[key]) === serializeParameter(key, state[key]))
}

function withStandardLook(state: HistoryState): HistoryState {
  return { ...state, density: null, cols: null, size: readHistoryState('').size }
}
