import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import type { SearchParams } from '@/app/search-params'
import { OverviewPage } from '@/components/overview/OverviewPage'
import { failuresQuery, type OverviewState, overviewQuery } from '@/components/overview/overview-query'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { getOverview } from '@/lib/overview/get-overview'
import { overviewRanges } from '@/lib/overview/ranges'
import { overviewInputSchema } from '@/lib/overview/schemas'

export const metadata = { title: 'Overview' }

export default async function ConsoleOverviewPage({ searchParams }: { searchParams: SearchParams }) {
  const admin = await requirePageAdmin()
  const state = readState(await searchParams)
  const query = overviewQuery(state)
  const { db } = getRuntime()
  const [overview, failures] = await Promise.all([
    getOverview(overviewInputSchema.parse(parametersOf(query)), admin.id, new Date(), db),
    listCallbacks(historyInputSchema.parse(parametersOf(failuresQuery(state))), admin.id, db),
  ])
  return <OverviewPage initial={{ query, overview, failures: failures.items }} />
}

/** What can't be read is the standard, as in the browser. */
function readState({ range, source, workflow }: Awaited<SearchParams>): OverviewState {
  const name = (value: typeof source) => (typeof value === 'string' && value.length <= nameLengthMax ? value : null)
  return {
    range: overviewRanges.find((one) => one === range) ?? '24h',
    source: name(source),
    workflow: name(workflow),
  }
}

const nameLengthMax = 1_024

function parametersOf(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query))
}
