'use client'

import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Overview } from '@/lib/overview/schemas'
import { bucketName } from './bucket-name'
import { formatAxisDuration } from './overview-words'
import { plotMargins } from './plot-margins'

type DurationLinesProps = { buckets: Overview['buckets']; bucketSeconds: number }

/** Half of the runs below the one line, 95 % below the other, which is dashed. */
export default function DurationLines({ buckets, bucketSeconds }: DurationLinesProps) {
  const data = buckets.map((bucket) => ({ ...bucket, name: bucketName(bucket.startsAt, bucketSeconds) }))
  const line = { isAnimationActive: false, connectNulls: true, dot: { r: 1.5 }, strokeWidth: 1.5 }
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={data}
        margin={{ top: plotMargins.top, right: plotMargins.right, bottom: 16, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="name"
          height={24}
          scale="band"
          tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={false}
          minTickGap={32}
        />
        <YAxis
          width={plotMargins.left}
          tickFormatter={formatAxisDuration}
          tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={false}
        />
        <Line {...line} dataKey="durationP50Ms" stroke="var(--info-solid)" />
        <Line {...line} dataKey="durationP95Ms" stroke="var(--waiting-solid)" strokeDasharray="4 3" />
      </LineChart>
    </ResponsiveContainer>
  )
}
