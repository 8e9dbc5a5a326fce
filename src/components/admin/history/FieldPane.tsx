'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import type { Facet } from '@/lib/llm-callbacks/facet-schemas'
import { fetchJson } from '../../data/fetch-json'
import { formatCount } from '../../format'
import { Button } from '../../ui/button'
import { Input } from '../../ui/input'
import { type ChoiceKey, filterNames, fixedValues, isChoiceKey, valueName, type YesNoKey } from './filter-fields'
import type { HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'
import { useSettled } from './use-settled'

const typingMs = 200
/** Of the most frequent values, until a search asks for more. */
const valuesShown = 10

export type Field = ChoiceKey | YesNoKey | 'job'

type FieldPaneProps = { field: Field; state: HistoryState; update: UpdateHistoryState; onDone: () => void }

/** Where the values of one filter are chosen. */
export function FieldPane({ field, state, update, onDone }: FieldPaneProps) {
  if (isChoiceKey(field)) return <ChoicePane field={field} state={state} update={update} />
  if (field === 'job') return <JobPane state={state} update={update} onDone={onDone} />
  return <YesNoPane field={field} state={state} update={update} />
}

type ChoicePaneProps = { field: ChoiceKey; state: HistoryState; update: UpdateHistoryState }

function ChoicePane({ field, state, update }: ChoicePaneProps) {
  const [contains, setContains] = useState('')
  const { options, isLoading } = useOptions(field, contains)
  const { values, excluded } = state[field] as { values: readonly string[]; excluded: readonly string[] }
  const chosenFirst = contains === '' ? values.filter((value) => !options.some((option) => option.value === value)) : []
  const shown = [...chosenFirst.map((value) => ({ value, count: null })), ...options]

  function toggle(value: string) {
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value].sort()
    update({ [field]: { values: next, excluded: excluded.filter((one) => one !== value) }, cursor: null })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys lead from one box to the next; each is a control itself.
    <div className="grid gap-2" onKeyDown={moveFocus}>
      <Input
        autoFocus
        type="search"
        aria-label={`Search ${filterNames[field].toLowerCase()}`}
        placeholder={`Search ${filterNames[field].toLowerCase()}`}
        value={contains}
        onChange={(event) => setContains(event.target.value)}
      />
      <fieldset className="-mx-1 grid max-h-72 overflow-y-auto px-1">
        <legend className="sr-only">{filterNames[field]}</legend>
        {shown.map(({ value, count }) => (
          <label
            key={value}
            className="flex h-8 cursor-pointer items-center gap-2 rounded-control px-2 hover:bg-accent-subtle has-focus-visible:bg-accent-subtle pointer-coarse:h-11"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={values.includes(value)}
              onChange={() => toggle(value)}
            />
            <bdi className="min-w-0 truncate">{valueName(field, value)}</bdi>
            {excluded.includes(value) && <span className="text-ink-2 text-meta">excluded</span>}
            {count !== null && <span className="ml-auto pl-2 text-ink-2 text-meta">{formatCount(count)}</span>}
          </label>
        ))}
        {shown.length === 0 && (
          <p className="px-2 py-1 text-ink-2">{isLoading ? 'Looking …' : 'No value like this was received.'}</p>
        )}
      </fieldset>
    </div>
  )
}

type Option = { value: string; count: number | null }

/** The values to choose from: the same for everybody, or those received, the most frequent first. */
function useOptions(field: ChoiceKey, contains: string): { options: readonly Option[]; isLoading: boolean } {
  const fixed = fixedValues(field)
  const settled = useSettled(contains.trim(), typingMs)
  const { data, isFetching } = useQuery({
    queryKey: ['facet', field, settled],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams({ field, ...(settled !== '' && { contains: settled }) })
      return fetchJson<Facet>(`/api/admin/llm-callbacks/facets?${parameters}`, signal)
    },
    enabled: fixed === null,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  })
  if (fixed === null) {
    const found = data?.values ?? []
    return { options: settled === '' ? found.slice(0, valuesShown) : found, isLoading: isFetching }
  }
  const isLike = (value: string) => valueName(field, value).toLowerCase().includes(contains.trim().toLowerCase())
  return { options: fixed.filter(isLike).map((value) => ({ value, count: null })), isLoading: false }
}

function YesNoPane({ field, state, update }: { field: YesNoKey; state: HistoryState; update: UpdateHistoryState }) {
  const name = useId()
  const choices = [
    { label: 'Any', value: null },
    { label: 'Yes', value: true },
    { label: 'No', value: false },
  ]
  return (
    <fieldset className="grid">
      <legend className="sr-only">{filterNames[field]}</legend>
      {choices.map(({ label, value }) => (
        <label
          key={label}
          className="flex h-8 cursor-pointer items-center gap-2 rounded-control px-2 hover:bg-accent-subtle pointer-coarse:h-11"
        >
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={state[field] === value}
            onChange={() => update({ [field]: value, cursor: null })}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

function JobPane({ state, update, onDone }: { state: HistoryState; update: UpdateHistoryState; onDone: () => void }) {
  const [job, setJob] = useState(state.job ?? '')
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        update({ job: job.trim() || null, cursor: null })
        onDone()
      }}
    >
      <Input
        autoFocus
        aria-label="Job id, in full"
        placeholder="Job id, in full"
        value={job}
        onChange={(event) => setJob(event.target.value)}
      />
      <Button type="submit" look="secondary">
        Show
      </Button>
    </form>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll('input')]
  stops[stops.indexOf(document.activeElement as HTMLInputElement) + step]?.focus()
}
