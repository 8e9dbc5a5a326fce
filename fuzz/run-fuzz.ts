import { setTimeout as sleep } from 'node:timers/promises'
import { checkRound, type Failure, type Sent } from './check-round'
import type { FuzzCase } from './delivery'
import { generateCases } from './generate-case'
import { healthyDelivery } from './healthy-delivery'
import { createHttpConnection } from './http-connection'
import { expectAnswer } from './oracle/expect-answer'
import { clearStoredRows, readStoredRows } from './read-stored-rows'
import type { FuzzTarget } from './target'
import { addRound, type FuzzTotals, noTotals } from './totals'
import { writeRequest } from './write-request'

export type FuzzReport = { totals: FuzzTotals; failures: Failure[] }

type Options = {
  seed: number
  /** Bodies to send, healthy neighbours included. */
  count: number
  connections: number
  /** How often a delivery that got 503 is sent again before that is its answer. */
  resendsMax?: number
  fromIndex?: number
  target: FuzzTarget
  onProgress?: (totals: FuzzTotals) => void
  isCanceled?: () => boolean
}

/** After so many the table is compared and emptied: memory and indexes stay small, and a million bodies take minutes. */
const roundBodies = 10_000
/** Every so manieth body is one that nothing could be wrong with, in the batches of the others. */
const healthyEvery = 8
const failuresMax = 20
/** The sender's own times, 5, 15 and 45 s, in a tenth. */
const resendAfterMs = 500

/**
 * Sends signed bodies of one seed over several connections at once, so that batches form, and compares every answer and
 * every row with what the design says of them. Ends early once enough is wrong, or nobody answers.
 */
export async function runFuzz(options: Options): Promise<FuzzReport> {
  const { count } = options
  const totals = noTotals()
  const failures: Failure[] = []
  const deliveries = withHealthyNeighbours(options.seed, options.fromIndex ?? 0)
  const goesOn = () => failures.length < failuresMax && !totals.byStatus.has(0) && !options.isCanceled?.()
  while (totals.bodies < count && goesOn()) {
    const bodiesMax = Math.min(roundBodies, count - totals.bodies)
    const { sent, rows, failures: found } = await runRound(take(deliveries, bodiesMax), options)
    failures.push(...found.slice(0, failuresMax))
    addRound(totals, sent, rows)
    options.onProgress?.(totals)
  }
  return { totals, failures }
}

/** Sends one case alone, on an empty table. */
export async function runCase(fuzzCase: FuzzCase, { index, target }: { index: number; target: FuzzTarget }) {
  const items = fuzzCase.deliveries.map((delivery) => ({ index, delivery }))
  return runRound(items[Symbol.iterator](), { target, connections: items.length })
}

type Item = Pick<Sent, 'index' | 'delivery'>

type RoundOptions = Pick<Options, 'target' | 'connections' | 'resendsMax'>

async function runRound(items: Iterator<Item>, { target, connections, resendsMax = 0 }: RoundOptions) {
  await clearStoredRows(target.database)
  const sent: Sent[] = []
  let isAnswering = true
  const sender = async () => {
    const connection = createHttpConnection(target.port)
    for (let next = items.next(); !next.done && isAnswering; next = items.next()) {
      const { index, delivery } = next.value
      const request = writeRequest(delivery, target.secrets)
      let answer = await connection.send(request)
      let refusals = 0
      for (; answer.status === 503 && refusals < resendsMax; refusals++) {
        await sleep(resendAfterMs * 3 ** refusals)
        answer = await connection.send(request)
      }
      sent.push({ index, delivery, expected: expectAnswer(delivery), answer, refusals })
      isAnswering &&= answer.status !== 0
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, sender))
  const rows = await readStoredRows(target.database)
  const complaints = target.takeComplaints().map((message): Failure => ({ sent: null, message }))
  return { sent, rows, failures: [...complaints, ...checkRound(sent, rows)] }
}

function* withHealthyNeighbours(seed: number, fromIndex: number): Generator<Item> {
  let number = 0
  for (const { index, fuzzCase } of generateCases(seed, fromIndex)) {
    for (const delivery of fuzzCase.deliveries) {
      yield { index, delivery }
      number += 1
      if (number % healthyEvery === 0) yield { index: null, delivery: healthyDelivery(number) }
    }
  }
}

/** The next so many, without ending what they are taken from. */
function* take<T>(items: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken++) {
    const next = items.next()
    if (next.done) return
    yield next.value
  }
}
