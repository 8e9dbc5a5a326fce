'use client'

import type { Row } from '@tanstack/react-table'
import { FlexRender } from '@tanstack/react-table'
import { memo } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { cn } from '../../ui/cn'
import type { ColumnId } from './column-ids'
import { columnClass, columnLooks, type historyFeatures } from './columns'
import { RowMenu } from './RowMenu'
import type { ActOnRows } from './use-act-on-rows'

type HistoryRowProps = {
  row: Row<typeof historyFeatures, HistoryItem>
  /** Which columns there are, in their order; TanStack's row does not change with them. */
  columns: readonly ColumnId[]
  areChosen: boolean
  /** The one stop of the tab key. */
  isTabStop: boolean
  isSelected: boolean
  isSelecting: boolean
  /** Prepended a moment ago. */
  isFresh: boolean
  act: ActOnRows
}

const height =
  'md:h-9 md:group-data-[density=compact]/grid:h-7.5 md:group-data-[density=relaxed]/grid:h-11 pointer-coarse:md:h-12'

/** One callback: a line of the table, and under 768 px a card of two lines. */
export const HistoryRow = memo(function HistoryRow(props: HistoryRowProps) {
  const { row, areChosen, isTabStop, isSelected, isSelecting, isFresh, act } = props
  const item = row.original
  const cells = row.getVisibleCells()
  return (
    <tr
      data-row={item.id}
      tabIndex={isTabStop ? 0 : -1}
      aria-selected={isSelected}
      className={cn(
        'group/row relative cursor-default scroll-mt-9 border-line border-b transition-colors duration-1000 hover:bg-sunken hover:transition-none',
        'focus-visible:outline-2 focus-visible:-outline-offset-2',
        'max-md:grid max-md:min-h-16 max-md:grid-cols-[auto_auto_minmax(0,1fr)_auto_auto] max-md:items-center max-md:gap-x-2 max-md:gap-y-1 max-md:py-2 max-md:pr-1 max-md:pl-3',
        isFresh && 'bg-accent-subtle transition-none',
        isSelected && 'bg-accent-subtle transition-none hover:bg-accent-subtle',
      )}
    >
      <td className={cn('relative p-0 max-md:col-start-1 max-md:row-start-1', height)}>
        <Mark item={item} isSelected={isSelected} isSelecting={isSelecting} />
      </td>
      {cells.map((cell) => {
        const id = cell.column.id as ColumnId
        const isNumber = columnLooks[id].isNumber
        return (
          <td
            key={id}
            data-column={id}
            className={cn('truncate md:px-2', height, isNumber && 'text-right', columnClass(id, areChosen))}
          >
            <FlexRender cell={cell} />
          </td>
        )
      })}
      <td className={cn('p-0 max-md:col-start-5 max-md:row-start-1', height)}>
        <span className="flex justify-center opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100 has-data-[state=open]:opacity-100 max-md:opacity-100 pointer-coarse:opacity-100">
          <RowMenu item={item} act={act} />
        </span>
      </td>
    </tr>
  )
})

/** Unviewed is a dot; a box takes its side while the row is pointed at, focused, or anything is selected. */
function Mark({ item, isSelected, isSelecting }: { item: HistoryItem; isSelected: boolean; isSelecting: boolean }) {
  const name = item.workflowName === null ? 'this callback' : visibleText(item.workflowName)
  return (
    <span className="grid w-9 place-items-center max-md:w-6">
      {!item.viewed && (
        <span
          className={cn(
            'col-start-1 row-start-1 size-2 rounded-full bg-accent group-hover/row:opacity-0 group-focus-within/row:opacity-0 max-md:-translate-x-3 pointer-coarse:-translate-x-3 max-md:opacity-100! pointer-coarse:opacity-100! forced-colors:bg-[Highlight]',
            isSelecting && 'opacity-0',
          )}
        >
          <span className="sr-only">Unviewed</span>
        </span>
      )}
      <input
        type="checkbox"
        tabIndex={-1}
        checked={isSelected}
        readOnly
        data-act="select"
        aria-label={`Select ${name}`}
        className={cn(
          'col-start-1 row-start-1 size-4 cursor-pointer accent-accent opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100 group-focus-within/row:opacity-100 pointer-coarse:opacity-100',
          (isSelected || isSelecting) && 'opacity-100',
        )}
      />
    </span>
  )
}
