import type { Overview, OverviewStatus, OverviewTotals } from '@/lib/overview/schemas'
import { statusLooks } from '../admin/StatusBadge'
import { formatCount, formatDuration } from '../format'

/** From below: what failed stands at the base, where its height can be compared. */
export const stackedStatuses: readonly OverviewStatus[] = [
  'failed',
  'quarantined',
  'completed',
  'canceled',
  'in_progress',
  'waiting',
  'queued',
  'unknown',
]

/** Under fewer verdicts than these a percentage says less than the counts. */
const verdictsMin = 5

export function countAll(counts: OverviewTotals['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Completed of completed and failed; a canceled job is neither. Null without either. */
export function successRate({ completed, failed }: OverviewTotals['counts']): number | null {
  return completed + failed === 0 ? null : completed / (completed + failed)
}

/** `97.3 %`, of few verdicts `3 of 4`. */
export function formatSuccess(counts: OverviewTotals['counts']): string | null {
  const rate = successRate(counts)
  const verdicts = counts.completed + counts.failed
  if (rate === null) return null
  return verdicts < verdictsMin ? `${formatCount(counts.completed)} of ${formatCount(verdicts)}` : formatShare(rate)
}

/** One decimal; `100 %` and `0 %` only where they are exact. */
export function formatShare(share: number): string {
  const tenths = Math.round(share * 1_000)
  const shown = share < 1 && tenths === 1_000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths
  return `${shown % 10 === 0 ? shown / 10 : (shown / 10).toFixed(1)} %`
}

/** `+12 %`, `−3 %`; null where there was nothing to compare with. */
export function formatChange(value: number | null, previous: number | null): string | null {
  if (value === null || previous === null || previous === 0) return null
  const percent = Math.round(((value - previous) / previous) * 100)
  if (percent === 0) return '±0 %'
  return `${percent > 0 ? '+' : '−'}${formatCount(Math.abs(percent))} %`
}

/** `1.2 M`, `18.2 k`: for tiles and axes, the exact number beside it in a title. */
export function formatLarge(number: number): string {
  if (number < 10_000) return formatCount(number)
  const [size, unit] = number < 999_950 ? [1_000, 'k'] : number < 999_950_000 ? [1_000_000, 'M'] : [1_000_000_000, 'G']
  return `${(number / Number(size)).toFixed(1)} ${unit}`
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** A duration beside an axis, in one unit, and exact enough to tell it from the next: `840 ms`, `4.2 s`, `50 s`, `2.5 m`, `3 h`. */
export function formatAxisDuration(ms: number): string {
  const [size, unit] =
    ms < 1_000 ? [1, 'ms'] : ms < minuteMs ? [1_000, 's'] : ms < hourMs ? [minuteMs, 'm'] : [hourMs, 'h']
  const value = ms / Number(size)
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`
}

/** `12 completed, 1 failed`, in the order of the bars. */
export function countsInWords(counts: OverviewTotals['counts']): string {
  const parts = stackedStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${formatCount(counts[status])} ${statusLooks[status].label.toLowerCase()}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

/** What the chart of callbacks shows, in a sentence. */
export function summariseCallbacks({ totals }: Overview, rangeName: string): string {
  const all = countAll(totals.counts)
  return `${formatCount(all)} ${all === 1 ? 'callback' : 'callbacks'} in the ${rangeName}: ${countsInWords(totals.counts)}.`
}

/** What the chart of durations shows, in a sentence. */
export function summariseDurations({ totals }: Overview, rangeName: string): string {
  const { durationP50Ms, durationP95Ms } = totals
  if (durationP50Ms === null || durationP95Ms === null) return `No duration was reported in the ${rangeName}.`
  return `In the ${rangeName} half of the runs took up to ${formatDuration(durationP50Ms)}, 95 % up to ${formatDuration(durationP95Ms)}.`
}
