'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import type { Overview } from '@/lib/overview/schemas'
import { fetchJson } from '../data/fetch-json'
import { PageHeader } from '../page-header'
import { cn } from '../ui/cn'
import { CallbacksChart } from './CallbacksChart'
import { DurationChart } from './DurationChart'
import { LastFailures } from './LastFailures'
import { OverviewFilters } from './OverviewFilters'
import { OverviewTiles } from './OverviewTiles'
import { overviewQuery } from './overview-query'
import { useOverviewState } from './overview-state'
import { WorkflowTable } from './WorkflowTable'

const updateMs = 30_000

export type InitialOverview = { query: string; overview: Overview; failures: readonly HistoryItem[] }

/** How callbacks have gone of late: tiles, callbacks and durations over time, workflows, last failures. */
export function OverviewPage({ initial }: { initial: InitialOverview }) {
  const [state, setState] = useOverviewState()
  const query = overviewQuery(state)
  const isInitial = query === initial.query
  const overview = useQuery({
    queryKey: ['overview', query],
    queryFn: ({ signal }) => fetchJson<Overview>(`/api/admin/overview?${query}`, signal),
    ...(isInitial && { initialData: initial.overview }),
    placeholderData: keepPreviousData,
    refetchInterval: updateMs,
  })
  const shown = overview.data ?? initial.overview
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="Overview">
        <OverviewFilters state={state} onChange={setState} workflows={shown.workflows} />
      </PageHeader>
      {overview.isError && (
        <p role="alert" className="border-line border-b bg-danger-subtle px-4 py-2 text-danger md:px-6">
          Could not load the overview: {overview.error.message}. The figures below are older.
        </p>
      )}
      <div
        aria-busy={overview.isPlaceholderData}
        className={cn('grid gap-4 p-4 md:p-6', overview.isPlaceholderData && 'opacity-60')}
      >
        <OverviewTiles overview={shown} state={state} />
        <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
          <CallbacksChart overview={shown} state={state} />
          <DurationChart overview={shown} state={state} />
        </div>
        <WorkflowTable overview={shown} state={state} onChoose={(workflow) => void setState({ workflow })} />
        <LastFailures state={state} initial={isInitial ? initial.failures : undefined} />
      </div>
    </div>
  )
}
