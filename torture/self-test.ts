import { rmSync } from 'node:fs'
import { buildProduct } from './build-product'
import { type Fault, faults } from './faults'
import { ledgerText, violationsOf } from './report'
import { type Result, runTorture, type TortureOptions } from './run-torture'

const roundSeconds = 20
const roundsMax = 3

type Options = Pick<TortureOptions, 'seed' | 'senders' | 'onProgress'> & {
  /** The fault to plant; all of them, one after the other, without it. */
  only: string | null
  say: (line: string) => void
}

/**
 * Shows that the torture can fail: plants each fault in turn and torments until it is caught, a minute at most.
 * @returns the faults that were not caught.
 */
export async function selfTest(options: Options): Promise<string[]> {
  const wanted = faults.filter((fault) => options.only === null || fault.name === options.only)
  if (wanted.length === 0)
    throw new Error(`There is no such fault; there are ${faults.map(({ name }) => name).join(', ')}`)
  const missed: string[] = []
  for (const fault of wanted) if (!(await isCaught(fault, options))) missed.push(fault.name)
  return missed
}

async function isCaught(fault: Fault, options: Options): Promise<boolean> {
  const { say, seed } = options
  say(`planted: ${fault.name} (${fault.what})`)
  const cli = await buildProduct(fault)
  let seconds = 0
  for (let round = 0; round < roundsMax; round++) {
    const { mode, sql } = fault
    const result: Result = await runTorture({ ...options, mode, sql, cli, seed: seed + round, seconds: roundSeconds })
    rmSync(result.run.folder, { recursive: true, force: true })
    seconds += result.seconds
    const violations = violationsOf(result).filter((violation) => !violation.startsWith('nothing'))
    if (violations.length > 0) {
      say(`caught:  ${fault.name} within ${seconds.toFixed(0)} s: ${violations.join(', ')}`)
      return true
    }
    say(ledgerText(result))
  }
  say(`NOT CAUGHT: ${fault.name} in ${seconds.toFixed(0)} s`)
  return false
}
