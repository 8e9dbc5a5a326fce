'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Overview } from '@/lib/overview/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { formatCost, formatCount, formatDuration } from '../format'
import type { OverviewState } from './overview-query'
import { formatLarge, formatSuccess, successRate } from './overview-words'

type Workflow = Overview['workflows'][number]

type Column = {
  id: string
  name: string
  /** What is sorted by; null goes last. */
  value: (workflow: Workflow) => number | null
  shown: (workflow: Workflow) => ReactNode
}

const orAbsent = (value: string | null) => value ?? <Absent />

const columns: readonly Column[] = [
  { id: 'runs', name: 'Runs', value: ({ runs }) => runs, shown: ({ runs }) => formatCount(runs) },
  {
    id: 'success',
    name: 'Success',
    value: ({ counts }) => successRate(counts),
    shown: ({ counts }) => orAbsent(formatSuccess(counts)),
  },
  duration('p50', ({ durationP50Ms }) => durationP50Ms),
  duration('p95', ({ durationP95Ms }) => durationP95Ms),
  {
    id: 'tokens',
    name: 'Tokens',
    value: ({ tokensTotal }) => tokensTotal,
    shown: ({ tokensTotal }) =>
      tokensTotal === null ? <Absent /> : <span title={formatCount(tokensTotal)}>{formatLarge(tokensTotal)}</span>,
  },
  {
    id: 'cost',
    name: 'Cost',
    value: ({ costUsd }) => (costUsd === null ? null : Number(costUsd)),
    shown: ({ costUsd }) => orAbsent(costUsd === null ? null : formatCost(costUsd)),
  },
]

function duration(name: string, value: Column['value']): Column {
  const shown = (workflow: Workflow) => {
    const ms = value(workflow)
    return orAbsent(ms === null ? null : formatDuration(ms))
  }
  return { id: name, name, value, shown }
}

type WorkflowTableProps = { overview: Overview; state: OverviewState; onChoose: (workflow: string) => void }

/** What each workflow did; a name narrows the page down to it. */
export function WorkflowTable({ overview: { workflows }, state, onChoose }: WorkflowTableProps) {
  const [sort, setSort] = useState({ id: 'runs', isAscending: false })
  const column = columns.find(({ id }) => id === sort.id)
  const sorted = column === undefined ? workflows : sortBy(workflows, column.value, sort.isAscending)
  const runsMax = Math.max(1, ...workflows.map(({ runs }) => runs))
  return (
    <div className="min-w-0 rounded-card border border-line bg-surface">
      <h2 className="p-4 pb-2 font-semibold text-form">Workflows</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label="Workflows, by what they did">
        <table className="w-full min-w-[640px] text-left">
          <thead className="text-ink-2 text-meta">
            <tr className="border-line border-b">
              <th className="sticky left-0 bg-surface px-4 py-1.5 font-medium">Workflow</th>
              {columns.map(({ id, name }) => (
                <SortHead key={id} id={id} name={name} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((workflow) => (
              <tr key={workflow.workflowName ?? ''} className="h-9 border-line border-b last:border-b-0">
                <th scope="row" className="sticky left-0 max-w-60 truncate bg-surface px-4 font-medium">
                  <WorkflowName name={workflow.workflowName} isChosen={state.workflow !== null} onChoose={onChoose} />
                </th>
                {columns.map(({ id, shown }) => (
                  <td key={id} className="relative px-4 text-right">
                    {id === 'runs' && (
                      <progress
                        aria-hidden="true"
                        value={workflow.runs}
                        max={runsMax}
                        className="absolute bottom-1 left-4 h-0.5 w-[calc(100%-32px)] appearance-none [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
                      />
                    )}
                    {shown(workflow)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {workflows.length === 0 && <p className="px-4 py-6 text-ink-2">No callback in this range.</p>}
    </div>
  )
}

type Sort = { id: string; isAscending: boolean }

function SortHead({ id, name, sort, onSort }: { id: string; name: string; sort: Sort; onSort: (sort: Sort) => void }) {
  const isSorted = sort.id === id
  const Icon = sort.isAscending ? ArrowUp : ArrowDown
  return (
    <th
      className="px-4 py-1.5 text-right font-medium"
      aria-sort={isSorted ? (sort.isAscending ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className="inline-flex cursor-pointer items-center gap-1 font-medium hover:text-ink"
        onClick={() => onSort({ id, isAscending: isSorted ? !sort.isAscending : false })}
      >
        {name}
        {isSorted && <Icon size={12} strokeWidth={1.75} aria-hidden="true" />}
      </button>
    </th>
  )
}

type WorkflowNameProps = { name: string | null; isChosen: boolean; onChoose: (workflow: string) => void }

function WorkflowName({ name, isChosen, onChoose }: WorkflowNameProps) {
  if (name === null) return <Absent />
  if (isChosen) return <bdi>{visibleText(name)}</bdi>
  return (
    <button type="button" className="cursor-pointer truncate hover:underline" onClick={() => onChoose(name)}>
      <bdi>{visibleText(name)}</bdi>
    </button>
  )
}

function sortBy(workflows: readonly Workflow[], value: Column['value'], isAscending: boolean): readonly Workflow[] {
  return workflows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return isAscending ? a - b : b - a
  })
}
