'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense } from 'react'
import type { Overview } from '@/lib/overview/schemas'
import { Absent } from '../absent'
import { formatDuration } from '../format'
import { bucketName } from './bucket-name'
import { ChartBuckets } from './ChartBuckets'
import { ChartCard } from './ChartCard'
import { callbacksHref, type OverviewState } from './overview-query'
import { rangeNames } from './overview-state'
import { summariseDurations } from './overview-words'
import { useIsMounted } from './use-is-mounted'

const DurationLines = lazy(() => import('./DurationLines'))

type DurationChartProps = { overview: Overview; state: OverviewState }

/** How long runs took over time: the median, and what 95 % stay under. */
export function DurationChart({ overview, state }: DurationChartProps) {
  const router = useRouter()
  const isMounted = useIsMounted()
  const { buckets, bucketSeconds } = overview
  const open = (index: number) => {
    const from = buckets[index]?.startsAt
    if (from === undefined) return
    const to = new Date(Date.parse(from) + bucketSeconds * 1_000).toISOString()
    router.push(callbacksHref(state, { from, to }))
  }
  return (
    <ChartCard
      title="Duration"
      summary={summariseDurations(overview, rangeNames[state.range])}
      chart={
        <div className="relative h-[180px] md:h-[240px]">
          {isMounted && (
            <Suspense>
              <DurationLines buckets={buckets} bucketSeconds={bucketSeconds} />
              <ChartBuckets
                labels={buckets.map(({ startsAt, durationP50Ms, durationP95Ms }) => {
                  const spoken = (ms: number | null) => (ms === null ? 'not reported' : formatDuration(ms))
                  return `${bucketName(startsAt, bucketSeconds)}: p50 ${spoken(durationP50Ms)}, p95 ${spoken(durationP95Ms)}`
                })}
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
              <th className="py-1 pl-2 text-right font-medium">p50</th>
              <th className="py-1 pl-2 text-right font-medium">p95</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ startsAt, durationP50Ms, durationP95Ms }) => (
              <tr key={startsAt} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap py-1 pr-2 font-normal">
                  {bucketName(startsAt, bucketSeconds)}
                </th>
                <td className="py-1 pl-2 text-right">
                  {durationP50Ms === null ? <Absent /> : formatDuration(durationP50Ms)}
                </td>
                <td className="py-1 pl-2 text-right">
                  {durationP95Ms === null ? <Absent /> : formatDuration(durationP95Ms)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}
