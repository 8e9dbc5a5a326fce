import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Begins work at fixed times, whether or not what was begun before is done (an open loop): a server that stalls does not
 * get fewer requests. What is begun late counts from when it was due, so that a stall is not left out of the measurement.
 * @returns when all of it is done.
 */
export async function openLoop(input: {
  perSecond: number
  seconds: number
  begin: (n: number, dueAt: number) => Promise<void>
}): Promise<void> {
  const total = input.perSecond * input.seconds
  const startedAt = performance.now()
  const begun: Promise<void>[] = []
  while (begun.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * input.perSecond) + 1)
    while (begun.length < due) {
      const n = begun.length
      begun.push(input.begin(n, startedAt + (n * 1_000) / input.perSecond))
    }
    await sleep(1)
  }
  await Promise.all(begun)
}
