// A sender in a process of its own: as many connections as asked for, each with one callback under way at a time.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Lane, openLane } from '../support/lane'
import { signedRequest } from '../support/requests'

export type ClosedInput = {
  port: number
  secret: string
  connections: number
  bodyBytes: number
  /** Sent before, and not counted. */
  warmUpSeconds: number
  seconds: number
}
/**
 * The latencies are of what was taken, the rate of what was taken in time; what was not taken is among the statuses, 0 where the
 * connection ended.
 */
export type ClosedResult = { perSecond: number; latenciesMs: number[]; statuses: Record<number, number> }

/** What is signed beforehand, so that the sender's own work takes nothing from those it measures. */
const preparedBytesMax = 150_000_000
const preparedPerSecond = 12_000

process.once('message', async ({ port, secret, connections, bodyBytes, warmUpSeconds, seconds }: ClosedInput) => {
  const count = Math.min(preparedPerSecond * (warmUpSeconds + seconds), Math.floor(preparedBytesMax / bodyBytes))
  const prepared = Array.from({ length: count }, () => signedRequest(secret, bodyBytes))
  const result: ClosedResult = { perSecond: 0, latenciesMs: [], statuses: {} }
  let inTime = 0
  const lanes: Lane[] = []
  while (lanes.length < connections) {
    lanes.push(openLane(port))
    // No queue of connections takes a thousand at once; one that falls out comes back after a second or more.
    if (lanes.length % 50 === 0) await sleep(20)
  }
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  const countsFrom = performance.now() + warmUpSeconds * 1_000
  const endsAt = countsFrom + seconds * 1_000
  const sendUntilTheEnd = async (first: Lane) => {
    let lane = first
    while (performance.now() < endsAt) {
      if (!lane.isOpen()) lane = openLane(port)
      const request = prepared.pop() ?? signedRequest(secret, bodyBytes)
      const sentAt = performance.now()
      const status = await lane.send(request)
      const now = performance.now()
      if (status === 200 && now < countsFrom) continue
      if (status === 200) result.latenciesMs.push(now - sentAt)
      if (status === 200 && now <= endsAt) inTime += 1
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
    }
    lane.close()
  }
  await Promise.all(lanes.map(sendUntilTheEnd))
  result.perSecond = inTime / seconds
  process.send?.(result, () => process.exit(0))
})
