'use client'

import { useQuery } from '@tanstack/react-query'
import type { Facet } from '@/lib/llm-callbacks/facet-schemas'
import { overviewRanges } from '@/lib/overview/ranges'
import type { Overview } from '@/lib/overview/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { fetchJson } from '../data/fetch-json'
import { cn } from '../ui/cn'
import type { OverviewState } from './overview-query'
import { rangeNames } from './overview-state'

type OverviewFiltersProps = {
  state: OverviewState
  onChange: (changes: Partial<OverviewState>) => void
  workflows: Overview['workflows']
}

const selectClass =
  'h-7 max-w-44 rounded-control border border-line-strong bg-surface px-2 text-ink pointer-coarse:h-11 max-md:text-heading'

/** The range, and one source or workflow. */
export function OverviewFilters({ state, onChange, workflows }: OverviewFiltersProps) {
  const { data: sources } = useQuery({
    queryKey: ['facet', 'source', ''],
    queryFn: ({ signal }) => fetchJson<Facet>('/api/admin/llm-callbacks/facets?field=source', signal),
  })
  const sourceNames = sources?.values.map(({ value }) => value) ?? []
  const workflowNames = workflows.flatMap(({ workflowName }) => workflowName ?? [])
  return (
    <div className="flex flex-wrap items-center gap-2 md:ml-auto">
      {(sourceNames.length > 1 || state.source !== null) && (
        <Choice
          label="Source"
          all="All sources"
          value={state.source}
          names={sourceNames}
          onChange={(source) => onChange({ source })}
        />
      )}
      <Choice
        label="Workflow"
        all="All workflows"
        value={state.workflow}
        names={workflowNames}
        onChange={(workflow) => onChange({ workflow })}
      />
      <fieldset className="flex rounded-control border border-line-strong">
        <legend className="sr-only">Range</legend>
        {overviewRanges.map((range) => (
          <label
            key={range}
            className={cn(
              'flex h-7 cursor-pointer items-center px-2 font-medium has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:h-11',
              range === state.range ? 'bg-accent-subtle text-ink' : 'text-ink-2 hover:text-ink',
            )}
          >
            <input
              type="radio"
              name="overview-range"
              aria-label={rangeNames[range]}
              className="sr-only"
              checked={range === state.range}
              onChange={() => onChange({ range })}
            />
            {range.replace(/(\d+)/, '$1 ')}
          </label>
        ))}
      </fieldset>
    </div>
  )
}

type ChoiceProps = {
  label: string
  all: string
  value: string | null
  names: readonly string[]
  onChange: (value: string | null) => void
}

function Choice({ label, all, value, names, onChange }: ChoiceProps) {
  const shown = [...new Set([...(value === null ? [] : [value]), ...names])]
  return (
    <select
      aria-label={label}
      className={selectClass}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{all}</option>
      {shown.map((name) => (
        <option key={name} value={name}>
          {visibleText(name)}
        </option>
      ))}
    </select>
  )
}
