import { percentileOf } from './duration-steps'
import { type OverviewStatus, type OverviewTotals, overviewStatuses } from './schemas'
import { sumDecimals } from './sum-decimals'

/** Callbacks of one status whose durations fell into one step. Cost is a decimal string in USD. */
export type Rollup = {
  status: OverviewStatus
  durationStep: number | null
  callbacks: number
  tokensTotal: number | null
  costUsd: string | null
}

export function addUp(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** What some roll-ups come to; null where no callback reported a value. */
export function totalsOf(rollups: readonly Rollup[]): OverviewTotals {
  const counts = Object.fromEntries(overviewStatuses.map((status) => [status, 0])) as Record<OverviewStatus, number>
  const durations = new Map<number, number>()
  for (const { status, durationStep, callbacks } of rollups) {
    counts[status] += callbacks
    if (durationStep !== null) durations.set(durationStep, (durations.get(durationStep) ?? 0) + callbacks)
  }
  const tokens = rollups.flatMap(({ tokensTotal }) => tokensTotal ?? [])
  const costs = rollups.flatMap(({ costUsd }) => costUsd ?? [])
  return {
    counts,
    durationP50Ms: percentileOf(durations, 0.5),
    durationP95Ms: percentileOf(durations, 0.95),
    tokensTotal: tokens.length > 0 ? addUp(tokens) : null,
    costUsd: costs.length > 0 ? sumDecimals(costs) : null,
  }
}
