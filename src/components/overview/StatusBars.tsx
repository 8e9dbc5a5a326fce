'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Overview, OverviewStatus } from '@/lib/overview/schemas'
import { statusLooks } from '../admin/StatusBadge'
import type { BadgeTone } from '../ui/badge'
import { bucketName } from './bucket-name'
import { formatLarge } from './overview-words'
import { plotMargins } from './plot-margins'

type StatusBarsProps = {
  buckets: Overview['buckets']
  bucketSeconds: number
  statuses: readonly OverviewStatus[]
}

const solids: Record<BadgeTone, string> = {
  success: 'var(--success-solid)',
  danger: 'var(--danger-solid)',
  warning: 'var(--warning-solid)',
  info: 'var(--info-solid)',
  waiting: 'var(--waiting-solid)',
  neutral: 'var(--neutral-solid)',
}

/** Stacked bars. What failed is hatched as well, for whoever sees no red. */
export default function StatusBars({ buckets, bucketSeconds, statuses }: StatusBarsProps) {
  const data = buckets.map(({ startsAt, counts }) => ({ ...counts, name: bucketName(startsAt, bucketSeconds) }))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        margin={{ top: plotMargins.top, right: plotMargins.right, bottom: 16, left: 0 }}
        barCategoryGap={1}
        accessibilityLayer={false}
      >
        <defs>
          <pattern id="hatched-failed" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill={solids.danger} />
            <line x1="0" y1="0" x2="0" y2="5" stroke="var(--surface)" strokeWidth="1.5" />
          </pattern>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="name"
          height={24}
          tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={false}
          minTickGap={32}
        />
        <YAxis
          width={plotMargins.left}
          allowDecimals={false}
          tickFormatter={formatLarge}
          tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={false}
        />
        {statuses.map((status) => (
          <Bar
            key={status}
            dataKey={status}
            stackId="status"
            isAnimationActive={false}
            fill={status === 'failed' ? 'url(#hatched-failed)' : solids[statusLooks[status].tone]}
            stroke="var(--surface)"
            strokeWidth={0.5}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
