/**
 * Lets one call through in each interval and counts those in between, so that a flood of one kind is one line.
 * @returns a function that calls `report` with how many were held back since the last call, or does nothing.
 */
export function throttle<Arguments extends unknown[]>(
  intervalMs: number,
  report: (suppressed: number, ...values: Arguments) => void,
): (...values: Arguments) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  let suppressed = 0
  return (...values) => {
    const now = performance.now()
    if (now - lastAt < intervalMs) {
      suppressed += 1
      return
    }
    report(suppressed, ...values)
    lastAt = now
    suppressed = 0
  }
}
