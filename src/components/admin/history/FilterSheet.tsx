'use client'

import { useState } from 'react'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { type Field, FieldPane } from './FieldPane'
import { FilterChips } from './FilterChips'
import { filterFields } from './FilterMenu'
import { filterNames } from './filter-fields'
import type { HistoryState } from './history-state'
import { TimeRangeMenu } from './TimeRangeMenu'
import type { UpdateHistoryState } from './use-history-state'
import { formatMatchCount } from './use-match-count'

type FilterSheetProps = {
  onClose: () => void
  state: HistoryState
  update: UpdateHistoryState
  matchCount: number | undefined
}

/** All filters on one sheet, for screens that have no room for a bar of them. */
export default function FilterSheet({ onClose, state, update, matchCount }: FilterSheetProps) {
  const [field, setField] = useState<Field | null>(null)
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Filters"
      className="max-md:inset-0 max-md:max-h-dvh max-md:w-full max-md:max-w-none max-md:translate-x-0 max-md:translate-y-0 max-md:grid-rows-[auto_minmax(0,1fr)] max-md:rounded-none max-md:p-4"
    >
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-4">
        <div className="grid content-start gap-3 overflow-y-auto">
          <div className="flex flex-wrap gap-2">
            <FilterChips state={state} update={update} />
            <TimeRangeMenu state={state} update={update} />
          </div>
          <ul className="grid divide-y divide-line border-line border-y">
            {filterFields.map((one) => (
              <li key={one} className="grid">
                <button
                  type="button"
                  aria-expanded={field === one}
                  className="flex h-11 cursor-pointer items-center text-form"
                  onClick={() => setField(field === one ? null : one)}
                >
                  {filterNames[one]}
                </button>
                {field === one && (
                  <div className="pb-3">
                    <FieldPane field={one} state={state} update={update} onDone={() => setField(null)} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </div>
        <Button className="h-11" onClick={onClose}>
          {matchCount === undefined ? 'Show' : `Show ${formatMatchCount(matchCount)}`}
        </Button>
      </div>
    </Dialog>
  )
}
