'use client'

import { useTable } from '@tanstack/react-table'
import { type KeyboardEvent, type MouseEvent, type RefObject, useMemo } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import type { Density } from '../../preferences/densities'
import { exactTimes } from '../../preferences/exact-times'
import { cn } from '../../ui/cn'
import { type ColumnId, columnIds } from './column-ids'
import { columnClass, columnLooks, historyColumns, historyFeatures } from './columns'
import { HistoryRow } from './HistoryRow'
import type { ActOnRows } from './use-act-on-rows'
import { useDetailPrefetch } from './use-detail-prefetch'
import type { GridFocus } from './use-grid-focus'
import type { Selection } from './use-selection'

type HistoryTableProps = {
  gridRef: RefObject<HTMLTableElement | null>
  /** What the table is called. */
  label: string
  items: readonly HistoryItem[]
  columns: readonly ColumnId[]
  /** The reader chose the columns, so they do not follow the width of the page. */
  areColumnsChosen: boolean
  density: Density
  isStale: boolean
  freshIds: ReadonlySet<string>
  focus: GridFocus
  selection: Selection
  act: ActOnRows
  /** Alt-click on a cell: only rows like this one, or with Shift only others. */
  onFilterBy: (column: ColumnId | null, item: HistoryItem, isExcluded: boolean) => void
}

const rowId = ({ id }: HistoryItem) => id

/** The rows: a grid with one tab stop. Clicks are read here once for all rows. */
export function HistoryTable(props: HistoryTableProps) {
  const { gridRef, label, items, columns, areColumnsChosen, density, isStale, freshIds } = props
  const { focus, selection, act, onFilterBy } = props
  const data = useMemo(() => [...items], [items])
  const columnVisibility = useMemo(
    () => Object.fromEntries(columnIds.map((id) => [id, columns.includes(id)])),
    [columns],
  )
  const table = useTable({
    features: historyFeatures,
    columns: historyColumns,
    data,
    getRowId: rowId,
    state: { columnVisibility, columnOrder: [...columns] },
  })
  const prefetch = useDetailPrefetch()
  const areTimesExact = exactTimes.use()
  const rowAt = (event: { target: EventTarget }) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row
    return items.find((item) => item.id === id) ?? null
  }

  function onClick(event: MouseEvent) {
    const item = rowAt(event)
    const target = event.target as HTMLElement
    if (!item || !gridRef.current?.contains(target)) return
    const doing = target.closest<HTMLElement>('[data-act]')?.dataset.act
    if (doing === 'menu') return
    if (doing === 'select') return event.shiftKey ? selection.extendTo(item.id) : selection.toggle(item.id)
    const isLink = target.closest('a') !== null
    if (event.ctrlKey || event.metaKey) return isLink ? undefined : void window.open(`/callbacks/${item.id}`, '_blank')
    event.preventDefault()
    const column = target.closest<HTMLElement>('[data-column]')?.dataset.column
    if (event.altKey) return onFilterBy((column as ColumnId | undefined) ?? null, item, event.shiftKey)
    if (doing === 'job') return act('show-job', [item])
    if (!event.shiftKey && hasSelectedText()) return
    window.getSelection()?.removeAllRanges()
    act(event.shiftKey ? 'open-new' : 'open', [item])
  }

  return (
    <table
      ref={gridRef}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose rows take the focus.
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      aria-busy={isStale}
      data-density={density}
      data-times={areTimesExact ? 'exact' : 'relative'}
      className={cn(
        'group/grid w-full table-fixed text-left max-md:block',
        isStale && 'opacity-60',
        areColumnsChosen && columns.length > 8 && 'lg:min-w-[1180px]',
      )}
      onClick={onClick}
      onKeyDown={(event) => openMenuByKey(event)}
      onFocus={(event) => {
        focus.onFocus(event)
        prefetch(rowAt(event))
      }}
      onPointerOver={(event) => prefetch(rowAt(event))}
      onPointerLeave={() => prefetch(null)}
    >
      <HistoryHead columns={columns} areChosen={areColumnsChosen} items={items} selection={selection} />
      <tbody className="max-md:block">
        {table.getRowModel().rows.map((row) => (
          <HistoryRow
            key={row.id}
            row={row}
            columns={columns}
            areChosen={areColumnsChosen}
            isTabStop={row.id === focus.tabStopId}
            isSelected={selection.ids.has(row.id)}
            isSelecting={selection.ids.size > 0}
            isFresh={freshIds.has(row.id)}
            act={act}
          />
        ))}
      </tbody>
    </table>
  )
}

type HistoryHeadProps = {
  columns: readonly ColumnId[]
  areChosen: boolean
  items: readonly HistoryItem[]
  selection: Selection
}

function HistoryHead({ columns, areChosen, items, selection }: HistoryHeadProps) {
  const isWhole = items.length > 0 && selection.rows.length === items.length
  return (
    <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)] max-md:hidden">
      <tr>
        <th scope="col" className="w-9 p-0">
          <span className="grid place-items-center">
            <input
              type="checkbox"
              tabIndex={-1}
              className="size-4 cursor-pointer accent-accent"
              aria-label="Select all on this page"
              checked={isWhole}
              ref={(box) => {
                if (box) box.indeterminate = !isWhole && selection.rows.length > 0
              }}
              onChange={selection.togglePage}
            />
          </span>
        </th>
        {columns.map((id) => (
          <th
            key={id}
            scope="col"
            className={cn(
              'h-8 truncate px-2 font-medium text-ink-2 text-meta',
              columnLooks[id].isNumber && 'text-right',
              columnLooks[id].width,
              columnClass(id, areChosen),
            )}
          >
            {columnLooks[id].name}
          </th>
        ))}
        <th scope="col" className="w-9 p-0">
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

/** Whoever selects text in a row does not mean to open it. */
function hasSelectedText(): boolean {
  const selection = window.getSelection()
  return selection !== null && !selection.isCollapsed && selection.toString() !== ''
}

/** The menu of the focused row, by the keys that open a context menu. */
function openMenuByKey(event: KeyboardEvent) {
  if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
  const button = (event.target as HTMLElement).querySelector<HTMLElement>('[data-act="menu"]')
  if (!button) return
  event.preventDefault()
  button.click()
}
