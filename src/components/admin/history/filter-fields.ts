import {
  type CallbackStatus,
  type ConditionFilter,
  callbackStatuses,
  conditionFilters,
} from '@/lib/llm-callbacks/vocabulary'
import { visibleText } from '@/lib/text/visible-text'
import { cutMiddle, formatId } from '../../format'
import { conditionLooks } from '../condition-looks'
import { statusLooks } from '../StatusBadge'
import type { FilterKey } from './history-query'
import type { Choice, HistoryState, RelativeRange } from './history-state'

/** Filters of which several values can be chosen, or excluded. */
export const choiceKeys = ['status', 'workflow', 'event', 'source', 'scheme', 'condition'] as const
export type ChoiceKey = (typeof choiceKeys)[number]
/** Filters that hold or do not. */
export const yesNoKeys = ['viewed', 'handled'] as const
export type YesNoKey = (typeof yesNoKeys)[number]

export const filterNames: Record<FilterKey, string> = {
  status: 'Status',
  workflow: 'Workflow',
  event: 'Event',
  source: 'Source',
  scheme: 'Signature',
  condition: 'Condition',
  viewed: 'Viewed',
  handled: 'Handled',
  job: 'Job',
  q: 'Search',
  ids: 'Callbacks',
  range: 'Received',
  from: 'From',
  to: 'Before',
}

export const rangeNames: Record<RelativeRange, string> = {
  '15min': 'Last 15 min',
  '1h': 'Last 1 h',
  '24h': 'Last 24 h',
  '7d': 'Last 7 d',
  '30d': 'Last 30 d',
}
/** The same in a sentence: "outside the last 24 hours". */
export const rangePhrases: Record<RelativeRange, string> = {
  '15min': 'the last 15 minutes',
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '30d': 'the last 30 days',
}

/** The values of a filter that are the same for everybody; null where they come from what was received. */
export function fixedValues(key: ChoiceKey): readonly string[] | null {
  if (key === 'status') return callbackStatuses
  return key === 'condition' ? conditionFilters : null
}

/** What a value of a filter is called. */
export function valueName(key: ChoiceKey, value: string): string {
  if (key === 'status') return statusLooks[value as CallbackStatus].label
  if (key !== 'condition') return cutMiddle(visibleText(value))
  return value === 'quarantined'
    ? 'Quarantined'
    : conditionLooks[value as Exclude<ConditionFilter, 'quarantined'>].label
}

export type Chip = Readonly<{ id: string; key: FilterKey; name: string; relation: string; value: string }>

const namesMax = 3

/** The active filters as sentences: "Status is Failed, Canceled". A search stands in its own field, the time in its menu. */
export function filterChips(state: HistoryState): Chip[] {
  const choices = choiceKeys.flatMap((key) => choiceChips(key, state[key]))
  const yesNo = yesNoKeys.flatMap((key) => (state[key] === null ? [] : [chip(key, 'is', state[key] ? 'Yes' : 'No')]))
  return [
    ...choices,
    ...yesNo,
    ...(state.job === null ? [] : [chip('job', 'is', formatId(state.job))]),
    ...(state.ids.length === 0 ? [] : [chip('ids', 'are', `${state.ids.length} chosen`)]),
  ]
}

function choiceChips(key: ChoiceKey, { values, excluded }: Choice): Chip[] {
  const listed = (list: readonly string[]) => {
    const names = list.slice(0, namesMax).map((value) => valueName(key, value))
    return [...names, ...(list.length > namesMax ? [`+${list.length - namesMax}`] : [])].join(', ')
  }
  return [
    ...(values.length > 0 ? [chip(key, 'is', listed(values))] : []),
    ...(excluded.length > 0 ? [chip(key, 'is not', listed(excluded))] : []),
  ]
}

function chip(key: FilterKey, relation: string, value: string): Chip {
  return { id: `${key} ${relation}`, key, name: filterNames[key], relation, value }
}

/** The state without what one chip says. */
export function withoutChip(state: HistoryState, { key, relation }: Chip): Partial<HistoryState> {
  if (!isChoiceKey(key)) return { [key]: key === 'ids' ? [] : null, cursor: null }
  const choice = state[key]
  return { [key]: relation === 'is' ? { ...choice, values: [] } : { ...choice, excluded: [] }, cursor: null }
}

export function isChoiceKey(key: string): key is ChoiceKey {
  return (choiceKeys as readonly string[]).includes(key)
}

/** Every filter off; the rest of the page stays as it is. */
export const noFilters: Partial<HistoryState> = {
  ...Object.fromEntries(choiceKeys.map((key) => [key, { values: [], excluded: [] }])),
  viewed: null,
  handled: null,
  job: null,
  q: null,
  ids: [],
  range: null,
  from: null,
  to: null,
  cursor: null,
}
