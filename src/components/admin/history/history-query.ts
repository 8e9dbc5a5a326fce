import { searchCharactersMin } from '@/lib/llm-callbacks/search/search-limits'
import { type HistoryState, type RelativeRange, readHistoryState, serializeParameter, stateKeys } from './history-state'

const filterKeys = [
  'status',
  'workflow',
  'event',
  'source',
  'scheme',
  'condition',
  'viewed',
  'handled',
  'job',
  'q',
  'ids',
  'range',
  'from',
  'to',
] as const satisfies readonly (keyof HistoryState)[]
export type FilterKey = (typeof filterKeys)[number]

/** What a saved view does not keep: where in the list somebody was, and which tab they came from. */
const passingKeys: readonly (keyof HistoryState)[] = ['cursor', 'view']

const minuteMs = 60_000
export const rangeMs: Record<RelativeRange, number> = {
  '15min': 15 * minuteMs,
  '1h': 60 * minuteMs,
  '24h': 24 * 60 * minuteMs,
  '7d': 7 * 24 * 60 * minuteMs,
  '30d': 30 * 24 * 60 * minuteMs,
}

/** The filters as the API takes them, sorted. A relative range becomes the moment at which it begins. */
export function filterQuery(state: HistoryState, nowMs: number): string {
  const { range, q } = state
  const searched = q !== null && [...q.trim()].length >= searchCharactersMin ? q.trim() : null
  const spelled: HistoryState = {
    ...state,
    q: searched,
    range: null,
    ...(range !== null && { from: new Date(nowMs - rangeMs[range]).toISOString(), to: null }),
  }
  return write(spelled, filterKeys).toString()
}

/** One page of the history, as the API is asked for it. */
export function pageQuery(state: HistoryState, nowMs: number): string {
  const parameters = new URLSearchParams(filterQuery(state, nowMs))
  parameters.set('limit', String(state.size))
  if (state.cursor?.startsWith('newer:')) {
    parameters.set('cursor', state.cursor.slice('newer:'.length))
    parameters.set('direction', 'newer')
  } else if (state.cursor !== null) {
    parameters.set('cursor', state.cursor)
  }
  return parameters.toString()
}

/** What a page of rows is kept under in the browser: unlike the API's query, a relative range does not move in it. */
export function pageKey(state: HistoryState): string {
  return write({ ...state, q: state.q?.trim() ?? null }, [...filterKeys, 'size', 'cursor']).toString()
}

/** The filters alone, as a key. */
export function filterKey(state: HistoryState): string {
  return write(state, filterKeys).toString()
}

/** What a saved view is a name for: the query of the page, sorted, without the place in the list. */
export function viewQuery(state: HistoryState): string {
  return write(
    state,
    stateKeys.filter((key) => !passingKeys.includes(key)),
  ).toString()
}

/** The page's state under a saved view. */
export function stateOfView(view: { id: string; query: string }): HistoryState {
  return { ...readHistoryState(view.query), cursor: null, view: view.id }
}

/** The parameters of these filters that say something. */
export function activeFilters(state: HistoryState): FilterKey[] {
  return filterKeys.filter((key) => serializeParameter(key, state[key]) !== null)
}

function write(state: HistoryState, keys: readonly (keyof HistoryState)[]): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const key of [...keys].sort()) {
    const text = serializeParameter(key, state[key])
    if (text !== null) parameters.set(key, text)
  }
  return parameters
}
