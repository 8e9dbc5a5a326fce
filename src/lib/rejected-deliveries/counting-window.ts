const hourMs = 3_600_000

/** The "last 24 hours" are whole hours of UTC, the one that has begun included: 'other' is counted by the hour. */
export const countedHours = 24

/** When the first of the counted hours began. */
export function countingWindowStart(now: Date): Date {
  const hourStart = now.getTime() - (now.getTime() % hourMs)
  return new Date(hourStart - (countedHours - 1) * hourMs)
}
