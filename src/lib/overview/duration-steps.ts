/** Durations are counted by steps that grow by a tenth, so that a percentile is off by a twentieth at most. */
export const durationBase = 1.1

/** For each step how many durations fell into it. */
export type DurationCounts = ReadonlyMap<number, number>

/** The middle of a step in milliseconds, as its two ends' ratio goes. */
export function durationOfStep(step: number): number {
  return step <= 0 ? step : Math.max(1, Math.round(durationBase ** (step - 0.5)))
}

/**
 * The nearest-rank percentile in milliseconds, within 5 %; null without a duration.
 * @param share from 0 to 1
 */
export function percentileOf(counts: DurationCounts, share: number): number | null {
  const steps = [...counts].sort(([one], [other]) => one - other)
  const total = steps.reduce((sum, [, count]) => sum + count, 0)
  const rank = Math.max(1, Math.ceil(share * total))
  let seen = 0
  for (const [step, count] of steps) {
    seen += count
    if (seen >= rank) return durationOfStep(step)
  }
  return null
}
