'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { useShortcuts } from '../../keyboard/shortcuts'
import { openCallback } from '../../windows/open-callback'
import { useCallbackActions } from '../actions/use-callback-actions'
import { LoadFailed } from '../history/HistoryStates'
import { NewRowsPill } from '../history/NewRowsPill'
import { TableContext } from '../history/table-context'
import { useCallbackList } from '../history/use-callback-list'
import { useGridFocus } from '../history/use-grid-focus'
import { AttentionEmpty } from './AttentionEmpty'
import { AttentionTable } from './AttentionTable'
import { type CallbackTab, groupsLeft } from './attention-rows'
import { type InitialAttention, useAttentionList } from './use-attention-list'
import { useExpanded } from './use-expanded'
import { useHandledMarks } from './use-handled-marks'
import { useWaitingAttention } from './use-waiting-attention'

type AttentionCallbacksProps = {
  tab: CallbackTab
  isHandled: boolean
  initial: InitialAttention | null
  renderedAt: string
  adminName: string
}

/** The rows of one tab: looked into, opened, and handled one by one or a group at once. */
export function AttentionCallbacks({ tab, isHandled, initial, renderedAt, adminName }: AttentionCallbacksProps) {
  const { data, error, dataUpdatedAt, refetch } = useAttentionList(tab, isHandled, initial)
  const [marks, mark] = useHandledMarks()
  const groups = useMemo(() => groupsLeft(data?.groups ?? [], marks, isHandled), [data, marks, isHandled])
  const [waiting, forgetWaiting] = useWaitingAttention(tab, !isHandled)
  const expanded = useExpanded(groups)
  const items = useMemo(
    () => groups.flatMap((group) => [group.newest, ...expanded.othersOf(group)]),
    [groups, expanded],
  )

  const grid = useRef<HTMLTableElement>(null)
  const empty = useRef<HTMLDivElement>(null)
  const focus = useGridFocus(grid, items)
  useCallbackList(items, focus.focusRow)
  const { setHandled } = useCallbackActions(adminName, mark)
  const [isLeaving, setIsLeaving] = useState(false)

  // Once what was handled is gone, the focus is on what took its place, or on what says that nothing is left.
  useEffect(() => {
    if (!isLeaving) return
    setIsLeaving(false)
    if (items.length > 0) focus.focusRow('')
    else empty.current?.focus()
  }, [isLeaving, items.length, focus])

  const handle = useCallback(
    (item: HistoryItem) => {
      const group = groups.find(({ newest }) => newest.id === item.id)
      setHandled(group?.ids ?? [item.id], !isHandled)
      setIsLeaving(true)
    },
    [groups, setHandled, isHandled],
  )
  const open = (item: HistoryItem, inNewWindow: boolean) => openCallback(item.id, { summary: item, inNewWindow })
  const { focused } = focus
  const groupOf = (item: HistoryItem | null) => groups.find(({ newest }) => newest.id === item?.id)
  const reload = () => {
    forgetWaiting()
    void refetch()
  }

  useShortcuts('page', [
    { keys: 'j', label: 'Next row', run: () => focus.move(1) },
    { keys: 'k', label: 'Previous row', run: () => focus.move(-1) },
    { keys: 'e', label: isHandled ? 'Reopen' : 'Mark handled', run: () => focused && handle(focused) },
    { keys: 'r', label: 'Reload', run: reload },
    { keys: '.', label: 'Show new rows', run: () => waiting.length > 0 && reload() },
  ])
  useShortcuts(
    'page',
    [
      { keys: 'ArrowDown', label: 'Next row', run: () => focus.move(1) },
      { keys: 'ArrowUp', label: 'Previous row', run: () => focus.move(-1) },
      { keys: 'ArrowRight', label: 'Show all of a group', run: () => expanded.set(groupOf(focused), true) },
      { keys: 'ArrowLeft', label: 'Show one of a group', run: () => expanded.set(groupOf(focused), false) },
      { keys: 'Enter', label: 'Open', run: () => focused && open(focused, false) },
      { keys: 'Shift+Enter', label: 'Open in new window', run: () => focused && open(focused, true) },
    ],
    grid,
  )
  const context = useMemo(() => ({ renderedAt, search: null, hasSecondLine: false }), [renderedAt])

  return (
    <>
      {error && <LoadFailed what="callbacks" error={error} loadedAtMs={data ? dataUpdatedAt : null} onRetry={reload} />}
      <div className="min-h-0 flex-1 md:overflow-auto">
        <NewRowsPill rows={waiting} onShow={reload} />
        {data && items.length === 0 && (
          <AttentionEmpty emptyRef={empty} tab={tab} isHandled={isHandled} renderedAt={renderedAt} />
        )}
        {items.length > 0 && (
          <TableContext value={context}>
            <AttentionTable
              gridRef={grid}
              groups={groups}
              expanded={expanded}
              focus={focus}
              isHandled={isHandled}
              onOpen={open}
              onHandle={handle}
            />
            {data?.isCapped && (
              <p className="px-4 py-3 text-ink-2 md:px-6">There are older ones. They show once these are handled.</p>
            )}
          </TableContext>
        )}
      </div>
    </>
  )
}
