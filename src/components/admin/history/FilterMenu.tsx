'use client'

import { ChevronLeft, ListFilter } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass } from '../../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover'
import { type Field, FieldPane } from './FieldPane'
import { choiceKeys, filterNames, yesNoKeys } from './filter-fields'
import type { HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'

export const filterFields: readonly Field[] = [...choiceKeys, ...yesNoKeys, 'job']

type FilterMenuProps = {
  state: HistoryState
  update: UpdateHistoryState
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Adds a filter: first which, then its values. */
export function FilterMenu({ state, update, isOpen, onOpenChange }: FilterMenuProps) {
  const [field, setField] = useState<Field | null>(null)
  return (
    <Popover
      open={isOpen}
      onOpenChange={(next) => {
        onOpenChange(next)
        if (!next) setField(null)
      }}
    >
      <PopoverTrigger className={buttonClass('ghost', 'h-7 px-2')}>
        <ListFilter size={16} strokeWidth={1.75} aria-hidden="true" />
        Filter
      </PopoverTrigger>
      <PopoverContent align="start" className="w-64 p-2" aria-label="Add a filter">
        {field === null ? (
          <FieldList onChoose={setField} />
        ) : (
          <div className="grid gap-2">
            <Button look="ghost" className="h-7 justify-start px-1" onClick={() => setField(null)}>
              <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
              {filterNames[field]}
            </Button>
            <FieldPane field={field} state={state} update={update} onDone={() => onOpenChange(false)} />
          </div>
        )}
      </PopoverContent>
    </Popover>
  )
}

function FieldList({ onChoose }: { onChoose: (field: Field) => void }) {
  return (
    <ul className="grid">
      {filterFields.map((field) => (
        <li key={field} className="grid">
          <button
            type="button"
            className="flex h-8 cursor-pointer items-center rounded-control px-2 text-left hover:bg-accent-subtle pointer-coarse:h-11"
            onClick={() => onChoose(field)}
            onKeyDown={(event) => {
              const sibling = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
              if (!sibling) return
              event.preventDefault()
              const item = event.currentTarget.parentElement?.[sibling as 'nextElementSibling']
              item?.querySelector('button')?.focus()
            }}
          >
            {filterNames[field]}
          </button>
        </li>
      ))}
    </ul>
  )
}
