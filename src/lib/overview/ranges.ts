export const overviewRanges = ['1h', '24h', '7d', '30d'] as const
export type OverviewRange = (typeof overviewRanges)[number]

const minute = 60
const hour = 60 * minute
const day = 24 * hour

type RangeShape = { seconds: number; bucketSeconds: number }

/** How long each range is, and into how long buckets it is cut: 60 at most, each length used by one range alone. */
export const rangeShapes: Record<OverviewRange, RangeShape> = {
  '1h': { seconds: hour, bucketSeconds: minute },
  '24h': { seconds: day, bucketSeconds: 30 * minute },
  '7d': { seconds: 7 * day, bucketSeconds: 3 * hour },
  '30d': { seconds: 30 * day, bucketSeconds: 12 * hour },
}

/** A range, the equal one before it, and a bucket to spare. */
export function keptSeconds({ seconds, bucketSeconds }: RangeShape): number {
  return 2 * (seconds + bucketSeconds)
}

/**
 * The range that ends now, from a bucket's beginning on, and the equal one before it. The last bucket is not over yet, so there may be
 * one more than the range is long.
 */
export function spanOf(range: OverviewRange, now: Date): { from: Date; to: Date; previousFrom: Date } {
  const { seconds, bucketSeconds } = rangeShapes[range]
  const bucketMs = bucketSeconds * 1_000
  const fromMs = Math.floor((now.getTime() - seconds * 1_000) / bucketMs) * bucketMs + bucketMs
  return { from: new Date(fromMs), to: now, previousFrom: new Date(fromMs - seconds * 1_000) }
}
