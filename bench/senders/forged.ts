// An attacker in a process of its own: forged webhooks from many networks, at a fixed rate or as fast as they are answered.
import { type Lane, openLane } from '../support/lane'
import { openLoop } from '../support/open-loop'
import { forgedRequest } from '../support/requests'

export type ForgedInput = { port: number } & ({ perSecond: number; seconds: number } | { total: number; lanes: number })
/** `notSent`: due while all connections were busy. */
export type ForgedResult = { answered: number; refused401: number; notSent: number }

const networks = 5_000
const requestsPerConnectionMax = 50
const lanesMax = 512

process.once('message', async (input: ForgedInput) => {
  const requests = Array.from({ length: 3_000 }, (_, n) => forgedRequest(n))
  const result: ForgedResult = { answered: 0, refused401: 0, notSent: 0 }
  let opened = 0
  let open = 0

  /** From the next network in turn. */
  function nextLane(): Lane {
    const network = opened++ % networks
    return openLane(input.port, `127.${1 + (network >> 8)}.${network & 255}.9`)
  }

  async function forge(lane: Lane, n: number): Promise<void> {
    const status = await lane.send(requests[n % requests.length] ?? Buffer.alloc(0))
    if (status !== 0) result.answered += 1
    if (status === 401) result.refused401 += 1
  }

  async function floodWith(perSecond: number, seconds: number): Promise<void> {
    const idle: { lane: Lane; used: number }[] = []
    await openLoop({
      perSecond,
      seconds,
      async begin(n) {
        if (open >= lanesMax) {
          result.notSent += 1
          return
        }
        open += 1
        const connection = idle.pop() ?? { lane: nextLane(), used: 0 }
        await forge(connection.lane, n)
        open -= 1
        connection.used += 1
        if (connection.lane.isOpen() && connection.used < requestsPerConnectionMax) idle.push(connection)
        else connection.lane.close()
      },
    })
    for (const { lane } of idle) lane.close()
  }

  async function floodAtOnce(total: number, lanes: number): Promise<void> {
    let sent = 0
    const workers = Array.from({ length: lanes }, async () => {
      while (sent < total) {
        const lane = nextLane()
        for (let used = 0; used < requestsPerConnectionMax && lane.isOpen() && sent < total; used++) {
          await forge(lane, sent++)
        }
        lane.close()
      }
    })
    const progress = setInterval(() => process.send?.({ sent }), 5_000)
    await Promise.all(workers)
    clearInterval(progress)
  }

  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  if ('total' in input) await floodAtOnce(input.total, input.lanes)
  else await floodWith(input.perSecond, input.seconds)
  process.send?.(result, () => process.exit(0))
})
