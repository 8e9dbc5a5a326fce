'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover'
import { type Field, FieldPane } from './FieldPane'
import { type Chip, filterChips, filterNames, noFilters, rangeNames, withoutChip } from './filter-fields'
import { activeFilters } from './history-query'
import type { HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'

type FilterChipsProps = {
  state: HistoryState
  update: UpdateHistoryState
  /** Also those that have a place of their own in the bar: search and time. */
  isWhole?: boolean
}

/** The active filters as sentences, each to be changed or taken away. */
export function FilterChips({ state, update, isWhole = false }: FilterChipsProps) {
  const chips = [...filterChips(state), ...(isWhole ? placedChips(state) : [])]
  return (
    <>
      {chips.map((chip) => (
        <FilterChip key={chip.id} chip={chip} state={state} update={update} />
      ))}
      {activeFilters(state).length > 1 && (
        <Button look="ghost" className="h-7 px-2" onClick={() => update(noFilters)}>
          Clear all
        </Button>
      )}
    </>
  )
}

function placedChips(state: HistoryState): Chip[] {
  const { q, range, from, to } = state
  return [
    ...(q === null ? [] : [{ id: 'q', key: 'q' as const, name: 'Search', relation: 'is', value: `“${q}”` }]),
    ...(range === null
      ? []
      : [{ id: 'range', key: 'range' as const, name: 'Received', relation: 'in', value: rangeNames[range] }]),
    ...(from === null
      ? []
      : [{ id: 'from', key: 'from' as const, name: 'Received', relation: 'from', value: localTime(from) }]),
    ...(to === null
      ? []
      : [{ id: 'to', key: 'to' as const, name: 'Received', relation: 'before', value: localTime(to) }]),
  ]
}

function localTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

type FilterChipProps = { chip: Chip; state: HistoryState; update: UpdateHistoryState }

function FilterChip({ chip, state, update }: FilterChipProps) {
  const [isOpen, setIsOpen] = useState(false)
  const { key, name, relation, value } = chip
  const text = (
    <>
      <span className="text-ink-2">{name}</span> <span className="text-ink-2">{relation}</span>{' '}
      <bdi className="max-w-60 truncate font-medium">{value}</bdi>
    </>
  )
  const isEditable = !['q', 'ids', 'range', 'from', 'to'].includes(key)
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-control border border-line-strong bg-surface pointer-coarse:h-11">
      {isEditable ? (
        <Popover open={isOpen} onOpenChange={setIsOpen}>
          <PopoverTrigger className="flex h-full min-w-0 cursor-pointer items-center gap-1 rounded-l-control pr-1 pl-2 hover:bg-sunken">
            {text}
          </PopoverTrigger>
          <PopoverContent align="start" className="w-64 p-2" aria-label={filterNames[key]}>
            <FieldPane field={key as Field} state={state} update={update} onDone={() => setIsOpen(false)} />
          </PopoverContent>
        </Popover>
      ) : (
        <span className="flex min-w-0 items-center gap-1 pr-1 pl-2">{text}</span>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${name} ${relation} ${value}`}
        className="grid h-full w-6 shrink-0 cursor-pointer place-items-center rounded-r-control text-ink-2 hover:bg-sunken hover:text-ink pointer-coarse:w-11"
        onClick={() => update(withoutChip(state, chip))}
      >
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </span>
  )
}
