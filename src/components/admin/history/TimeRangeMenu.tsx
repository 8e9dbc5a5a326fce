'use client'

import { CalendarClock, Check } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass } from '../../ui/button'
import { Input } from '../../ui/input'
import { Label } from '../../ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover'
import { rangeNames } from './filter-fields'
import { type HistoryState, relativeRanges } from './history-state'
import { localInputOf, momentOf } from './local-input'
import type { UpdateHistoryState } from './use-history-state'

type TimeRangeMenuProps = { state: HistoryState; update: UpdateHistoryState }

/** When callbacks were received: a relative range moves on with the clock, also in a copied link; a custom one stands. */
export function TimeRangeMenu({ state, update }: TimeRangeMenuProps) {
  const [isOpen, setIsOpen] = useState(false)
  const isCustom = state.range === null && (state.from !== null || state.to !== null)
  const name = state.range === null ? (isCustom ? 'Custom time' : 'All time') : rangeNames[state.range]
  function choose(range: HistoryState['range']) {
    update({ range, from: null, to: null, cursor: null })
    setIsOpen(false)
  }
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger className={buttonClass('ghost', 'h-7 px-2')} aria-label={`Time range: ${name}`}>
        <CalendarClock size={16} strokeWidth={1.75} aria-hidden="true" />
        {name}
      </PopoverTrigger>
      <PopoverContent align="end" className="w-72 p-2" aria-label="Time range">
        <ul className="grid">
          {[null, ...relativeRanges].map((range) => {
            const isChosen = !isCustom && state.range === range
            return (
              <li key={range ?? 'all'} className="grid">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  className="flex h-8 cursor-pointer items-center rounded-control px-2 hover:bg-accent-subtle pointer-coarse:h-11"
                  onClick={() => choose(range)}
                >
                  {range === null ? 'All time' : rangeNames[range]}
                  {isChosen && <Check size={16} strokeWidth={1.75} aria-hidden="true" className="ml-auto" />}
                </button>
              </li>
            )
          })}
        </ul>
        <CustomRange state={state} update={update} onDone={() => setIsOpen(false)} />
      </PopoverContent>
    </Popover>
  )
}

type CustomRangeProps = TimeRangeMenuProps & { onDone: () => void }

function CustomRange({ state, update, onDone }: CustomRangeProps) {
  const [from, setFrom] = useState(localInputOf(state.from))
  const [to, setTo] = useState(localInputOf(state.to))
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <form
      className="mt-1 grid gap-2 border-line border-t px-2 pt-3 pb-1"
      onSubmit={(event) => {
        event.preventDefault()
        update({ range: null, from: momentOf(from), to: momentOf(to), cursor: null })
        onDone()
      }}
    >
      <div className="grid gap-1">
        <Label htmlFor="range-from">From</Label>
        <Input id="range-from" type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="range-to">Before</Label>
        <Input id="range-to" type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
      </div>
      <p className="text-ink-2 text-meta">Times are in {zone}.</p>
      <Button type="submit" look="secondary">
        Show this time
      </Button>
    </form>
  )
}
