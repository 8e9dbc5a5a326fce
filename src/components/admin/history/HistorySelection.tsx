'use client'

import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { showFailure } from '../../results/results'
import { collectMatching } from './collect-matching'
import { filterQuery } from './history-query'
import type { HistoryState } from './history-state'
import type { RowActName } from './row-acts'
import { SelectionBar } from './SelectionBar'
import type { ActOnRows } from './use-act-on-rows'
import type { Selection } from './use-selection'

type HistorySelectionProps = {
  state: HistoryState
  selection: Selection
  items: readonly HistoryItem[]
  matchCount: number | undefined
  act: ActOnRows
  /** Marks everything that matches as viewed, where that is what was selected. */
  onViewAll: () => void
}

/** The bar for what is selected; where that is everything that matches, it is asked for first. */
export function HistorySelection({ state, selection, items, matchCount, act, onViewAll }: HistorySelectionProps) {
  if (selection.rows.length === 0) return null

  async function actOnSelected(name: RowActName) {
    const [newest] = items
    if (!selection.isAllMatching || !newest) return act(name, selection.rows)
    try {
      act(name, await collectMatching(filterQuery(state, Date.now()), newest.cursor))
    } catch {
      showFailure('Nothing was changed. The server did not answer.', () => void actOnSelected(name))
    }
  }

  return (
    <SelectionBar
      selectedCount={selection.rows.length}
      canSelectAll={
        !selection.isAllMatching && selection.rows.length === items.length && (matchCount ?? 0) > items.length
      }
      isAllMatching={selection.isAllMatching}
      matchCount={matchCount}
      onSelectAll={selection.selectAllMatching}
      onView={() => (selection.isAllMatching ? onViewAll() : void actOnSelected('view'))}
      onHandle={() => void actOnSelected('handle')}
      onCopyLinks={() => void actOnSelected('copy-link')}
      onClear={selection.clear}
    />
  )
}
