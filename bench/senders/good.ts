// A sender in a process of its own: genuine callbacks in an open loop. Reports each one's time from when it was due.
import { randomUUID } from 'node:crypto'
import { type Lane, openLane } from '../support/lane'
import { openLoop } from '../support/open-loop'
import { signedRequest } from '../support/requests'

export type GoodInput = { port: number; secret: string; perSecond: number; seconds: number }
/** `acknowledged` has each job with the time of its answer, in ms since 1970, as another process can compare it. */
export type GoodResult = {
  latenciesMs: number[]
  statuses: Record<number, number>
  acknowledged: [jobId: string, atMs: number][]
}

process.once('message', async ({ port, secret, perSecond, seconds }: GoodInput) => {
  // Signed beforehand: the sender's own work is not what is measured.
  const jobs = Array.from({ length: perSecond * seconds }, () => randomUUID())
  const requests = jobs.map((jobId) => signedRequest(secret, undefined, jobId))
  const idle: Lane[] = []
  const result: GoodResult = { latenciesMs: [], statuses: {}, acknowledged: [] }
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  await openLoop({
    perSecond,
    seconds,
    async begin(n, dueAt) {
      const lane = idle.pop() ?? openLane(port)
      const status = await lane.send(requests[n] ?? Buffer.alloc(0))
      const now = performance.now()
      result.latenciesMs.push(now - dueAt)
      if (status === 200) result.acknowledged.push([jobs[n] ?? '', performance.timeOrigin + now])
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
      if (lane.isOpen()) idle.push(lane)
    },
  })
  for (const lane of idle) lane.close()
  process.send?.(result, () => process.exit(0))
})
