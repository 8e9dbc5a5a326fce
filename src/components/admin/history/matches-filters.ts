import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { searchCharactersMin } from '@/lib/llm-callbacks/search/search-limits'
import { rangeMs } from './history-query'
import type { Choice, HistoryState } from './history-state'

/**
 * Whether a callback that has just arrived is among those that the filters show. It is unviewed and not handled, for nobody
 * can have seen it yet. Null where a summary can't tell: a search reads the payload, and the scheme is not in it.
 */
export function matchesFilters(callback: LLMCallbackSummary, state: HistoryState, nowMs: number): boolean | null {
  const isQuarantined = callback.payloadState === 'quarantined'
  const conditions: string[] = [...callback.conditions, ...(isQuarantined ? ['quarantined'] : [])]
  const receivedMs = Date.parse(callback.createdAt)
  const decided =
    isChosen(state.status, [callback.status]) &&
    isChosen(state.workflow, [callback.workflowName]) &&
    isChosen(state.event, [callback.eventType]) &&
    isChosen(state.source, [callback.source]) &&
    isChosen(state.condition, conditions) &&
    state.viewed !== true &&
    state.handled !== true &&
    (state.job === null || callback.externalJobId === state.job) &&
    (state.ids.length === 0 || state.ids.includes(callback.id)) &&
    (state.range === null || receivedMs >= nowMs - rangeMs[state.range]) &&
    (state.from === null || receivedMs >= Date.parse(state.from)) &&
    (state.to === null || receivedMs < Date.parse(state.to))
  if (!decided) return false
  const isSearch = state.q !== null && [...state.q.trim()].length >= searchCharactersMin
  return isSearch || !isEmpty(state.scheme) ? null : true
}

function isChosen({ values, excluded }: Choice, found: readonly (string | null)[]): boolean {
  const isIn = (list: readonly string[]) => found.some((value) => value !== null && list.includes(value))
  return (values.length === 0 || isIn(values)) && !isIn(excluded)
}

export function isEmpty({ values, excluded }: Choice): boolean {
  return values.length === 0 && excluded.length === 0
}
