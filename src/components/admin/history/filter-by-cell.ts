import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import type { ColumnId } from './column-ids'
import type { ChoiceKey } from './filter-fields'
import type { HistoryState } from './history-state'

const keyOfColumn: Partial<Record<ColumnId, ChoiceKey>> = {
  status: 'status',
  workflow: 'workflow',
  event: 'event',
  source: 'source',
}

/**
 * The filter that shows only rows which say the same in this cell, or none of those. Null where the column has no filter.
 * @param column null for the unviewed mark
 */
export function filterByCell(
  state: HistoryState,
  column: ColumnId | null,
  item: HistoryItem,
  isExcluded: boolean,
): Partial<HistoryState> | null {
  if (column === null) return { viewed: item.viewed !== isExcluded, cursor: null }
  if (column === 'job' && item.externalJobId !== null && !isExcluded) return { job: item.externalJobId, cursor: null }
  const key = keyOfColumn[column]
  const value = key && valueIn(key, item)
  if (!key || value === null || value === undefined) return null
  const isReason = value === 'quarantined' || key === 'condition'
  const field = isReason ? 'condition' : key
  const { values, excluded } = state[field]
  const without = (list: readonly string[]) => list.filter((one) => one !== value)
  const next = isExcluded
    ? { values: without(values), excluded: [...without(excluded), value] }
    : { values: [...without(values), value], excluded: without(excluded) }
  return { [field]: next, cursor: null }
}

/** A quarantined row shows that in place of its status, so it is what the cell is filtered by. */
function valueIn(key: ChoiceKey, item: HistoryItem): string | null {
  if (key === 'status') return item.payloadState === 'quarantined' ? 'quarantined' : item.status
  if (key === 'workflow') return item.workflowName
  return key === 'event' ? item.eventType : item.source
}
