'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense } from 'react'
import type { Overview } from '@/lib/overview/schemas'
import { statusLooks } from '../admin/StatusBadge'
import { formatCount } from '../format'
import { bucketName } from './bucket-name'
import { ChartBuckets } from './ChartBuckets'
import { ChartCard } from './ChartCard'
import { callbacksHref, type OverviewState } from './overview-query'
import { rangeNames } from './overview-state'
import { countsInWords, stackedStatuses, summariseCallbacks } from './overview-words'
import { useIsMounted } from './use-is-mounted'

const StatusBars = lazy(() => import('./StatusBars'))

type CallbacksChartProps = { overview: Overview; state: OverviewState }

/** Callbacks over time by status; a bar leads to its callbacks. */
export function CallbacksChart({ overview, state }: CallbacksChartProps) {
  const router = useRouter()
  const isMounted = useIsMounted()
  const { buckets, bucketSeconds } = overview
  const statuses = stackedStatuses.filter((status) => overview.totals.counts[status] > 0)
  const open = (index: number) => {
    const from = buckets[index]?.startsAt
    if (from === undefined) return
    const to = new Date(Date.parse(from) + bucketSeconds * 1_000).toISOString()
    router.push(callbacksHref(state, { from, to }))
  }
  return (
    <ChartCard
      title="Callbacks"
      summary={summariseCallbacks(overview, rangeNames[state.range])}
      chart={
        <div className="relative h-[180px] md:h-[240px]">
          {isMounted && (
            <Suspense>
              <StatusBars buckets={buckets} bucketSeconds={bucketSeconds} statuses={statuses} />
              <ChartBuckets
                labels={buckets.map(
                  ({ startsAt, counts }) => `${bucketName(startsAt, bucketSeconds)}: ${countsInWords(counts)}`,
                )}
                onOpen={open}
              />
            </Suspense>
          )}
        </div>
      }
      table={
        <table className="w-full text-left">
          <thead className="text-ink-2 text-meta">
            <tr>
              <th className="py-1 pr-2 font-medium">From</th>
              {statuses.map((status) => (
                <th key={status} className="py-1 pl-2 text-right font-medium">
                  {statusLooks[status].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ startsAt, counts }) => (
              <tr key={startsAt} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap py-1 pr-2 font-normal">
                  {bucketName(startsAt, bucketSeconds)}
                </th>
                {statuses.map((status) => (
                  <td key={status} className="py-1 pl-2 text-right">
                    {formatCount(counts[status])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}
