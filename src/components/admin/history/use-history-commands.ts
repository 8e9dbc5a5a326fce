'use client'

import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { callbackStatuses } from '@/lib/llm-callbacks/vocabulary'
import { type Command, useCommands } from '../../commands/commands'
import { statusLooks } from '../StatusBadge'
import { noFilters, rangeNames } from './filter-fields'
import { type HistoryState, relativeRanges } from './history-state'
import { type RowActName, rowActs } from './row-acts'
import type { UpdateHistoryState } from './use-history-state'
import type { MarkAll } from './use-mark-all'
import { formatMatchCount } from './use-match-count'
import type { ViewTab } from './view-tabs'

type HistoryCommands = {
  update: UpdateHistoryState
  tabs: readonly ViewTab[]
  onChooseTab: (tab: ViewTab) => void
  /** The selected rows, or else the focused one. */
  rows: readonly HistoryItem[]
  act: (name: RowActName) => void
  markAll: MarkAll
}

/** What the callbacks page puts into the command palette. */
export function useHistoryCommands({ update, tabs, onChooseTab, rows, act, markAll }: HistoryCommands): void {
  const filter = (id: string, label: string, changes: Partial<HistoryState>): Command => ({
    id: `filter.${id}`,
    label,
    run: () => update({ ...changes, cursor: null }, 'push'),
  })
  useCommands('Filters', [
    ...callbackStatuses.map((status) =>
      filter(`status.${status}`, `Status is ${statusLooks[status].label.toLowerCase()}`, {
        status: { values: [status], excluded: [] },
      }),
    ),
    filter('viewed', 'Only unviewed', { viewed: false }),
    filter('quarantined', 'Only quarantined', { condition: { values: ['quarantined'], excluded: [] } }),
    ...relativeRanges.map((range) =>
      filter(`range.${range}`, `Received in the ${rangeNames[range].toLowerCase()}`, { range, from: null, to: null }),
    ),
    filter('none', 'Clear all filters', noFilters),
  ])
  useCommands(
    'Saved views',
    tabs.map((tab) => ({ id: `view.${tab.id}`, label: tab.name, run: () => onChooseTab(tab) })),
  )
  useCommands('Actions', [
    ...(rows[0] === undefined
      ? []
      : rowActs
          .filter(({ isFor }) => rows.some(isFor))
          .map(({ name, label, keys, Icon }) => ({ id: `row.${name}`, label, keys, Icon, run: () => act(name) }))),
    ...(markAll.count === undefined || markAll.count === 0
      ? []
      : [{ id: 'mark-all', label: `Mark ${formatMatchCount(markAll.count)} viewed`, run: markAll.run }]),
  ])
}
