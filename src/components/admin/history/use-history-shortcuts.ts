'use client'

import type { RefObject } from 'react'
import { useShortcuts } from '../../keyboard/shortcuts'
import { exactTimes } from '../../preferences/exact-times'
import type { RowActName } from './row-acts'
import type { GridFocus } from './use-grid-focus'
import type { Selection } from './use-selection'

type HistoryShortcuts = {
  grid: RefObject<HTMLElement | null>
  focus: GridFocus
  selection: Selection
  /** Does it to the selected rows, or else to the focused one. */
  act: (name: RowActName) => void
  newer: (() => void) | null
  older: (() => void) | null
  reload: () => void
  search: () => void
  addFilter: () => void
  showNew: () => void
  toggleFollow: () => void
}

/** The keys of the callbacks page. Those that a button or a link also knows hold only while the focus is in the rows. */
export function useHistoryShortcuts(on: HistoryShortcuts): void {
  const { focus, selection, act } = on
  const { focused } = focus
  useShortcuts('page', [
    { keys: 'j', label: 'Next row', run: () => focus.move(1) },
    { keys: 'k', label: 'Previous row', run: () => focus.move(-1) },
    { keys: 'x', label: 'Select', run: () => focused && selection.toggle(focused.id) },
    { keys: 'Shift+x', label: 'Select up to here', run: () => focused && selection.extendTo(focused.id) },
    { keys: 'm', label: 'Mark viewed', run: () => act('view') },
    { keys: 'u', label: 'Mark unviewed', run: () => act('unview') },
    { keys: 'e', label: 'Mark handled', run: () => act('handle') },
    { keys: 'c', label: 'Copy job id', run: () => act('copy-job') },
    { keys: 'y', label: 'Copy link', run: () => act('copy-link') },
    { keys: 'r', label: 'Reload', run: on.reload },
    { keys: 'n', label: 'Older page', run: () => on.older?.() },
    { keys: 'p', label: 'Newer page', run: () => on.newer?.() },
    { keys: '/', label: 'Search', run: on.search },
    { keys: 'f', label: 'Add a filter', run: on.addFilter },
    { keys: '.', label: 'Show new rows', run: on.showNew },
    { keys: 'l', label: 'Follow', run: on.toggleFollow },
    { keys: 't', label: 'Relative or exact times', run: () => exactTimes.set(!exactTimes.get()) },
    // Only while there is something to clear: else the key is that of a window.
    ...(selection.ids.size > 0 ? [{ keys: 'Escape', label: 'Clear the selection', run: selection.clear }] : []),
  ])
  useShortcuts(
    'page',
    [
      { keys: 'ArrowDown', label: 'Next row', run: () => focus.move(1) },
      { keys: 'ArrowUp', label: 'Previous row', run: () => focus.move(-1) },
      { keys: 'Home', label: 'First row', run: () => focus.move(Number.NEGATIVE_INFINITY) },
      { keys: 'End', label: 'Last row', run: () => focus.move(Number.POSITIVE_INFINITY) },
      { keys: 'Enter', label: 'Open', run: () => act('open') },
      { keys: 'Shift+Enter', label: 'Open in new window', run: () => act('open-new') },
      { keys: 'Mod+a', label: 'Select all on this page', run: selection.togglePage },
    ],
    on.grid,
  )
}
