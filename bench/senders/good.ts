// A sender in a process of its own: genuine callbacks in an open loop. Reports each one's time from when it was due.
import { type Lane, openLane } from '../support/lane'
import { openLoop } from '../support/open-loop'
import { signedRequest } from '../support/requests'

export type GoodInput = { port: number; secret: string; perSecond: number; seconds: number }
export type GoodResult = { latenciesMs: number[]; statuses: Record<number, number> }

process.once('message', async ({ port, secret, perSecond, seconds }: GoodInput) => {
  // Signed beforehand: the sender's own work is not what is measured.
  const requests = Array.from({ length: perSecond * seconds }, () => signedRequest(secret))
  const idle: Lane[] = []
  const result: GoodResult = { latenciesMs: [], statuses: {} }
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  await openLoop({
    perSecond,
    seconds,
    async begin(n, dueAt) {
      const lane = idle.pop() ?? openLane(port)
      const status = await lane.send(requests[n] ?? Buffer.alloc(0))
      result.latenciesMs.push(performance.now() - dueAt)
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
      if (lane.isOpen()) idle.push(lane)
    },
  })
  for (const lane of idle) lane.close()
  process.send?.(result, () => process.exit(0))
})
