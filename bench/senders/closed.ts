// A sender in a process of its own: as many connections as asked for, each with one callback under way at a time.
import { openLane } from '../support/lane'
import { signedRequest } from '../support/requests'

export type ClosedInput = {
  port: number
  secret: string
  connections: number
  bodyBytes: number
  seconds: number
}
/** The rate and the latencies are of what was taken; what was not is among the statuses, 0 where the connection ended. */
export type ClosedResult = { perSecond: number; latenciesMs: number[]; statuses: Record<number, number> }

/** What is signed beforehand, so that the sender's own work takes nothing from those it measures. */
const preparedBytesMax = 150_000_000
const preparedPerSecond = 12_000

process.once('message', async ({ port, secret, connections, bodyBytes, seconds }: ClosedInput) => {
  const count = Math.min(preparedPerSecond * seconds, Math.floor(preparedBytesMax / bodyBytes))
  const prepared = Array.from({ length: count }, () => signedRequest(secret, bodyBytes))
  const result: ClosedResult = { perSecond: 0, latenciesMs: [], statuses: {} }
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  const sendUntilTheEnd = async () => {
    let lane = openLane(port)
    while (performance.now() < endsAt) {
      if (!lane.isOpen()) lane = openLane(port)
      const request = prepared.pop() ?? signedRequest(secret, bodyBytes)
      const sentAt = performance.now()
      const status = await lane.send(request)
      if (status === 200) result.latenciesMs.push(performance.now() - sentAt)
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
    }
    lane.close()
  }
  await Promise.all(Array.from({ length: connections }, sendUntilTheEnd))
  result.perSecond = (result.latenciesMs.length * 1_000) / (performance.now() - startedAt)
  process.send?.(result, () => process.exit(0))
})
