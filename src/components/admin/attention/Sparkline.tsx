import { formatCount } from '../../format'
import { cn } from '../../ui/cn'

const barWidth = 4
const gap = 1
const height = 20

/** One bar an hour, oldest first. The numbers are in its name. */
export function Sparkline({ values, isBad = true }: { values: readonly number[]; isBad?: boolean }) {
  const max = Math.max(1, ...values)
  const width = values.length * (barWidth + gap) - gap
  const last = values.at(-1) ?? 0
  return (
    <svg
      role="img"
      aria-label={`By hour, at most ${formatCount(Math.max(0, ...values))}, ${formatCount(last)} in this hour`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cn('block', isBad ? 'fill-danger-solid' : 'fill-accent')}
    >
      {values.map((value, index) => {
        const barHeight = value === 0 ? 1 : Math.max(2, Math.round((value / max) * height))
        const x = index * (barWidth + gap)
        return (
          <rect
            key={x}
            x={x}
            y={height - barHeight}
            width={barWidth}
            height={barHeight}
            className={value === 0 ? 'fill-line-strong' : undefined}
          />
        )
      })}
    </svg>
  )
}
