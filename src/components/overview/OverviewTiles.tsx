import Link from 'next/link'
import type { ReactNode } from 'react'
import { unviewedCountMax } from '@/lib/llm-callbacks/vocabulary'
import type { Overview } from '@/lib/overview/schemas'
import { Absent } from '../absent'
import { formatCost, formatCount, formatDuration } from '../format'
import { cn } from '../ui/cn'
import { callbacksHref, type OverviewState } from './overview-query'
import { countAll, formatChange, formatLarge, formatSuccess, successRate } from './overview-words'

type OverviewTilesProps = { overview: Overview; state: OverviewState }

/** The five figures that say whether all is well; each leads to what is behind it. */
export function OverviewTiles({ overview, state }: OverviewTilesProps) {
  const { totals, previousTotals, unviewedCount } = overview
  const count = countAll(totals.counts)
  const [rate, previousRate] = [successRate(totals.counts), successRate(previousTotals.counts)]
  const isFalling = rate !== null && previousRate !== null && rate < previousRate
  const { durationP50Ms: p50, durationP95Ms: p95, costUsd } = totals
  return (
    <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
      <Tile
        name="Callbacks"
        href={callbacksHref(state)}
        value={count === 0 ? null : formatLarge(count)}
        exact={formatCount(count)}
        change={formatChange(count, countAll(previousTotals.counts))}
      />
      <Tile
        name="Success rate"
        href={callbacksHref(state, { status: 'failed' })}
        value={formatSuccess(totals.counts)}
        exact={`${formatCount(totals.counts.completed)} completed, ${formatCount(totals.counts.failed)} failed`}
        change={formatChange(rate, previousRate)}
        isBad={isFalling}
      />
      <Tile
        name="Unviewed"
        href="/callbacks?viewed=false"
        value={unviewedCount >= unviewedCountMax ? `${formatCount(unviewedCountMax)}+` : formatCount(unviewedCount)}
      />
      <Tile
        name="Duration p50 / p95"
        href={callbacksHref(state)}
        value={p50 === null || p95 === null ? null : `${formatDuration(p50)} / ${formatDuration(p95)}`}
        exact="Within 5 %"
        change={formatChange(p50, previousTotals.durationP50Ms)}
      />
      <Tile
        name="Cost"
        href={callbacksHref(state)}
        value={costUsd === null ? null : formatCost(costUsd)}
        exact={costUsd === null ? undefined : `$${costUsd}`}
        change={formatChange(numberOf(costUsd), numberOf(previousTotals.costUsd))}
      />
    </ul>
  )
}

/** Only for a comparison that is rounded to whole percents. */
function numberOf(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal)
}

type TileProps = {
  name: string
  href: string
  /** Null: nothing was reported. */
  value: ReactNode
  exact?: string
  change?: string | null
  isBad?: boolean
}

function Tile({ name, href, value, exact, change = null, isBad = false }: TileProps) {
  return (
    <li className="min-w-0 rounded-card border border-line bg-surface">
      <Link href={href} className="grid gap-1 rounded-card p-4 hover:bg-accent-subtle" title={exact}>
        <span className="text-ink-2 text-meta">{name}</span>
        <span className="font-semibold text-tile">{value ?? <Absent />}</span>
        <span className={cn('text-meta', isBad ? 'text-danger' : 'text-ink-2')}>
          {change === null ? '\u00a0' : change}
          {change !== null && <span className="sr-only"> against the period before</span>}
        </span>
      </Link>
    </li>
  )
}
