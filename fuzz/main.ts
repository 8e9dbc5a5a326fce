import { randomInt } from 'node:crypto'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { readCount } from '@/cli/read-count'
import type { FuzzCase } from './delivery'
import { describeDelivery, describeFailure, describeProgress, describeTotals } from './describe'
import { drawCase, shrinkCase } from './generate-case'
import { runCase, runFuzz } from './run-fuzz'
import { startCallboard } from './start-callboard'
import type { FuzzTarget } from './target'

type FuzzOptions = { count: number; seed: number; connections: number; from: number; resend?: boolean; only?: number }

const shrinkMsMax = 60_000
/** As many as the sender makes. */
const resendsMax = 3
const root = path.resolve(import.meta.dirname, '../..')

const say = (text: string) => process.stderr.write(`${text}\n`)

await new Command('fuzz')
  .description('send signed bodies of every kind to a Callboard of its own and compare what it answers and stores')
  .option('--count <n>', 'how many bodies', readCount, 200_000)
  .option('--seed <n>', 'the same seed sends the same bodies; by default a new one', wholeNumber, randomInt(2 ** 31))
  .option('--connections <n>', 'how many at once', readCount, 64)
  .option('--from <index>', 'begin at this case', wholeNumber, 0)
  .option('--resend', 'on a busy machine: send again what got 503, as the sender does, and count it')
  .option('--only <index>', 'send this one case, and make it smaller if it fails', wholeNumber)
  .action(fuzz)
  .parseAsync()

async function fuzz(options: FuzzOptions): Promise<void> {
  const target = await startCallboard(root)
  let isCanceled = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isCanceled = true
    })
  }
  try {
    const isFine =
      options.only === undefined
        ? await fuzzAll(options, target, () => isCanceled)
        : await fuzzOne(options.seed, options.only, target)
    process.exitCode = isFine ? 0 : 1
  } finally {
    await target.stop()
  }
}

async function fuzzAll(options: FuzzOptions, target: FuzzTarget, isCanceled: () => boolean): Promise<boolean> {
  say(`seed ${options.seed}, ${options.count} bodies over ${options.connections} connections`)
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  const { totals, failures } = await runFuzz({
    ...options,
    fromIndex: options.from,
    resendsMax: options.resend ? resendsMax : 0,
    target,
    isCanceled,
    onProgress: (soFar) => say(`${seconds().toFixed(0).padStart(4)} s  ${describeProgress(soFar, seconds())}`),
  })
  for (const failure of failures) say(`\n${describeFailure(failure, options.seed)}`)
  process.stdout.write(`\n${describeTotals(totals, { seconds: seconds(), failures: failures.length })}\n`)
  const index = failures.find(({ sent }) => sent && sent.index !== null)?.sent?.index
  if (index !== undefined && index !== null) {
    say(`\nAlone:           npm run fuzz -- --seed ${options.seed} --only ${index}`)
    say(`With neighbours: npm run fuzz -- --seed ${options.seed} --from ${Math.max(0, index - 500)} --count 1500`)
  }
  return failures.length === 0
}

async function fuzzOne(seed: number, index: number, target: FuzzTarget): Promise<boolean> {
  const drawn = drawCase(seed, index)
  const { sent, failures } = await runCase(drawn, { index, target })
  for (const { delivery, expected, answer } of sent) {
    say(`${describeDelivery(delivery)}\n  due       ${expected.status}\n  answer    ${answer.status} ${answer.text}\n`)
  }
  for (const failure of failures) say(describeFailure(failure, seed))
  if (failures.length === 0) {
    say(`Case ${index} of seed ${seed} is fine alone.`)
    return true
  }
  say('Making it smaller')
  const fails = async (candidate: FuzzCase) => (await runCase(candidate, { index, target })).failures.length > 0
  const smallest = await shrinkCase({ seed, index, patienceMs: shrinkMsMax }, fails)
  if (smallest) say(`The smallest that fails:\n${smallest.deliveries.map(describeDelivery).join('\n')}`)
  return false
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('must be a whole number')
  return Number(text)
}
