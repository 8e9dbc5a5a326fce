'use client'

import { ArrowDown, ArrowUp, Columns3, GripVertical } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { Button, buttonClass } from '../../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover'
import { type ColumnId, columnIds } from './column-ids'
import { columnLooks } from './columns'
import { columnsShown, type HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'

type ColumnMenuProps = { state: HistoryState; update: UpdateHistoryState }

/** Which columns there are and in which order: by boxes, by dragging, and by Alt with the arrow keys. */
export function ColumnMenu({ state, update }: ColumnMenuProps) {
  const shown = columnsShown(state)
  const [draggedId, setDraggedId] = useState<ColumnId | null>(null)
  const listed = [...shown, ...columnIds.filter((id) => !shown.includes(id))]

  function set(cols: readonly ColumnId[]) {
    update({ cols: cols.length > 0 ? cols : null })
  }
  function toggle(id: ColumnId) {
    set(shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id])
  }
  function moveTo(id: ColumnId, index: number) {
    if (!shown.includes(id) || index < 0 || index >= shown.length) return
    const others = shown.filter((one) => one !== id)
    set([...others.slice(0, index), id, ...others.slice(index)])
  }
  function onKeyDown(event: KeyboardEvent, id: ColumnId) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    if (step === undefined || !event.altKey) return
    event.preventDefault()
    moveTo(id, shown.indexOf(id) + step)
  }
  function onDragOver(event: DragEvent, id: ColumnId) {
    if (draggedId === null || !shown.includes(id)) return
    event.preventDefault()
    if (id !== draggedId) moveTo(draggedId, shown.indexOf(id))
  }

  return (
    <Popover>
      <PopoverTrigger className={buttonClass('ghost', 'h-7 px-2 max-lg:hidden')}>
        <Columns3 size={16} strokeWidth={1.75} aria-hidden="true" />
        Columns
      </PopoverTrigger>
      <PopoverContent align="end" className="w-72 p-2" aria-label="Columns">
        <ul className="grid">
          {listed.map((id) => (
            <li
              key={id}
              draggable={shown.includes(id)}
              onDragStart={() => setDraggedId(id)}
              onDragEnd={() => setDraggedId(null)}
              onDragOver={(event) => onDragOver(event, id)}
              className="group flex h-8 items-center gap-1 rounded-control hover:bg-sunken pointer-coarse:h-11"
            >
              <GripVertical
                size={14}
                strokeWidth={1.75}
                aria-hidden="true"
                className={shown.includes(id) ? 'cursor-grab text-ink-3' : 'invisible'}
              />
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={shown.includes(id)}
                  onChange={() => toggle(id)}
                  onKeyDown={(event) => onKeyDown(event, id)}
                />
                {columnLooks[id].name}
              </label>
              {shown.includes(id) && <MoveButtons id={id} index={shown.indexOf(id)} moveTo={moveTo} />}
            </li>
          ))}
        </ul>
        <div className="mt-2 flex items-center justify-between border-line border-t pt-2">
          <span className="px-1 text-ink-2 text-meta">Alt ← → moves one</span>
          <Button
            look="ghost"
            className="h-7 px-2"
            disabled={state.cols === null}
            onClick={() => update({ cols: null })}
          >
            Reset
          </Button>
        </div>
      </PopoverContent>
    </Popover>
  )
}

type MoveButtonsProps = { id: ColumnId; index: number; moveTo: (id: ColumnId, index: number) => void }

function MoveButtons({ id, index, moveTo }: MoveButtonsProps) {
  const { name } = columnLooks[id]
  return (
    <span className="flex opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      {(
        [
          ['left', index - 1, ArrowUp],
          ['right', index + 1, ArrowDown],
        ] as const
      ).map(([direction, target, Icon]) => (
        <button
          key={direction}
          type="button"
          tabIndex={-1}
          aria-label={`Move ${name} ${direction}`}
          className="grid size-6 cursor-pointer place-items-center rounded-control text-ink-2 hover:bg-neutral-subtle hover:text-ink pointer-coarse:size-11"
          onClick={() => moveTo(id, target)}
        >
          <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      ))}
    </span>
  )
}
