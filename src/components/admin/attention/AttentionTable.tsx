'use client'

import { Check, ChevronRight, RotateCcw } from 'lucide-react'
import type { MouseEvent, RefObject } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../../absent'
import { formatCount } from '../../format'
import { Time } from '../../time'
import { Badge } from '../../ui/badge'
import { cn } from '../../ui/cn'
import { Received, Says, Status, Workflow } from '../history/cells'
import { useTableContext } from '../history/table-context'
import type { GridFocus } from '../history/use-grid-focus'
import type { AttentionGroup } from './attention-rows'
import type { Expanded } from './use-expanded'

type AttentionTableProps = {
  gridRef: RefObject<HTMLTableElement | null>
  groups: readonly AttentionGroup[]
  expanded: Expanded
  focus: GridFocus
  isHandled: boolean
  onOpen: (item: HistoryItem, inNewWindow: boolean) => void
  onHandle: (item: HistoryItem) => void
}

/** A grid with one tab stop; a group of equal failures is one row, with those in it below while it is open. */
export function AttentionTable({ gridRef, groups, expanded, focus, isHandled, onOpen, onHandle }: AttentionTableProps) {
  function onClick(event: MouseEvent) {
    const target = event.target as HTMLElement
    const id = target.closest<HTMLElement>('[data-row]')?.dataset.row
    const group = groups.find((one) => one.newest.id === id)
    const item = group?.newest ?? groups.flatMap((one) => expanded.othersOf(one)).find((other) => other.id === id)
    if (!item) return
    const doing = target.closest<HTMLElement>('[data-act]')?.dataset.act
    if (doing === 'handle') return onHandle(item)
    if (doing === 'expand' && group) return expanded.set(group, !expanded.has(group))
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    onOpen(item, event.shiftKey)
  }
  const rowProps = { focus, isHandled, expanded }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's shortcuts do the same for the focused row.
    <table
      ref={gridRef}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose rows take the focus.
      role="grid"
      aria-label="Callbacks that need attention, newest first"
      className="w-full table-fixed text-left max-md:block"
      onClick={onClick}
      onFocus={focus.onFocus}
    >
      <AttentionHead isHandled={isHandled} />
      <tbody className="max-md:block">
        {groups.map((group) => [
          <AttentionRow key={group.newest.id} item={group.newest} group={group} {...rowProps} />,
          ...expanded
            .othersOf(group)
            .map((item) => <AttentionRow key={item.id} item={item} group={null} {...rowProps} />),
        ])}
      </tbody>
    </table>
  )
}

const head = 'h-8 truncate px-2 font-medium text-ink-2 text-meta'

function AttentionHead({ isHandled }: { isHandled: boolean }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)] max-md:hidden">
      <tr>
        <th scope="col" className="w-10 p-0">
          <span className="sr-only">Group</span>
        </th>
        <th scope="col" className={cn(head, 'w-31')}>
          Status
        </th>
        <th scope="col" className={cn(head, 'w-36 xl:w-45')}>
          Workflow
        </th>
        <th scope="col" className={head}>
          Says
        </th>
        <th scope="col" className={cn(head, 'w-24 text-right max-lg:hidden')}>
          First seen
        </th>
        <th scope="col" className={cn(head, 'w-24 text-right')}>
          Received
        </th>
        {isHandled && (
          <th scope="col" className={cn(head, 'w-40')}>
            Handled by
          </th>
        )}
        <th scope="col" className="w-26 p-0">
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

type AttentionRowProps = {
  item: HistoryItem
  /** Null for one inside an open group. */
  group: AttentionGroup | null
  focus: GridFocus
  isHandled: boolean
  expanded: Expanded
}

const cell = 'truncate md:h-9 md:px-2 pointer-coarse:md:h-12'

function AttentionRow({ item, group, focus, isHandled, expanded }: AttentionRowProps) {
  const { renderedAt } = useTableContext()
  const count = group?.ids.length ?? 1
  const isOpen = group !== null && expanded.has(group)
  const Icon = isHandled ? RotateCcw : Check
  return (
    <tr
      data-row={item.id}
      tabIndex={item.id === focus.tabStopId ? 0 : -1}
      className={cn(
        'group/row cursor-default scroll-mt-9 border-line border-b hover:bg-sunken focus-visible:outline-2 focus-visible:-outline-offset-2',
        'max-md:grid max-md:min-h-16 max-md:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-md:items-center max-md:gap-x-2 max-md:gap-y-1 max-md:py-2 max-md:pr-1 max-md:pl-3',
        group === null && 'bg-sunken',
      )}
    >
      <td className={cn('p-0 text-center max-md:col-start-3 max-md:row-start-2', count < 2 && 'max-md:hidden')}>
        {count > 1 && (
          <button
            type="button"
            tabIndex={-1}
            data-act="expand"
            aria-expanded={isOpen}
            aria-label={isOpen ? 'Show one of these' : `Show all ${formatCount(count)}`}
            className="inline-grid size-7 cursor-pointer place-items-center rounded-control text-ink-2 hover:bg-neutral-subtle hover:text-ink pointer-coarse:size-11"
          >
            <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" className={cn(isOpen && 'rotate-90')} />
          </button>
        )}
      </td>
      <td className={cn(cell, 'max-md:col-start-1 max-md:row-start-1')}>
        <Status item={item} />
      </td>
      <td className={cn(cell, 'max-md:col-start-2 max-md:row-start-1')}>
        <Workflow item={item} />
      </td>
      <td className={cn(cell, 'max-md:col-span-2 max-md:col-start-1 max-md:row-start-2')}>
        <span className="flex min-w-0 items-center gap-1.5">
          {count > 1 && (
            <Badge tone="neutral" title={`${formatCount(count)} failures that say the same`}>
              ×{formatCount(count)}
            </Badge>
          )}
          <span className="min-w-0 flex-1">
            <Says item={item} />
          </span>
        </span>
      </td>
      <td className={cn(cell, 'text-right text-ink-2 max-lg:hidden')}>
        <Time at={group?.firstSeenAt ?? item.createdAt} renderedAt={renderedAt} isFlippable />
      </td>
      <td className={cn(cell, 'text-right max-md:col-start-3 max-md:row-start-1')}>
        <Received item={item} />
      </td>
      {isHandled && (
        <td className={cn(cell, 'text-ink-2 max-md:hidden')}>
          <HandledBy item={item} />
        </td>
      )}
      <td className="px-2 text-right max-md:col-start-4 max-md:row-span-2 max-md:row-start-1">
        <button
          type="button"
          tabIndex={-1}
          data-act="handle"
          title={isHandled ? 'Reopen ( e )' : 'Mark handled ( e )'}
          className="inline-flex h-7 cursor-pointer items-center gap-1 rounded-control border border-transparent px-2 font-medium text-ink-2 opacity-0 hover:bg-neutral-subtle hover:text-ink group-focus-within/row:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100 max-md:opacity-100 pointer-coarse:h-11 pointer-coarse:opacity-100"
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          {isHandled ? 'Reopen' : 'Handle'}
        </button>
      </td>
    </tr>
  )
}

function HandledBy({ item: { handled } }: { item: HistoryItem }) {
  const { renderedAt } = useTableContext()
  if (handled === null) return <Absent />
  return (
    <>
      <bdi dir="auto">{handled.byName === null ? 'An admin since removed' : visibleText(handled.byName)}</bdi>,{' '}
      <Time at={handled.at} renderedAt={renderedAt} isFlippable />
    </>
  )
}
