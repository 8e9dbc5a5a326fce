import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildProduct } from './build-product'
import { type Mode, modes } from './open-target'
import { ledgerText, progressLine, violationsOf } from './report'
import { type Run, runTorture } from './run-torture'
import { selfTest } from './self-test'

const usage = `npm run torture -- [--seconds N] [--mode embedded|replicas] [--seed N] [--senders N]
npm run torture -- --self-test [--fault NAME] [--seed N]

Kills Callboard and crashes PostgreSQL under load, and compares what was acknowledged with what is stored. Without --mode, half
of the seconds go to each. Exits with 1 on any loss, and in the self-test on any planted fault that was not caught.`

const options = {
  seconds: { type: 'string', default: '60' },
  mode: { type: 'string' },
  seed: { type: 'string' },
  senders: { type: 'string', default: '256' },
  'self-test': { type: 'boolean', default: false },
  fault: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
await main()

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) return say(usage)
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('--seed', values.seed)
  const senders = wholeNumber('--senders', values.senders)
  say(`seed ${seed}`)
  if (values['self-test']) {
    const missed = await selfTest({ seed, senders, only: values.fault ?? null, say, onProgress: showProgress(5_000) })
    say(missed.length === 0 ? 'every planted fault was caught' : `not caught: ${missed.join(', ')}`)
    process.exit(missed.length === 0 ? 0 : 1)
  }
  const wanted = modesOf(values.mode)
  const seconds = wholeNumber('--seconds', values.seconds) / wanted.length
  const cli = await buildProduct(null)
  let isHeld = true
  for (const mode of wanted) {
    const result = await runTorture({ mode, seconds, seed, senders, cli, sql: null, onProgress: showProgress(1_000) })
    say(ledgerText(result))
    const violations = violationsOf(result)
    if (violations.length === 0) rmSync(result.run.folder, { recursive: true, force: true })
    else say(`FAILED (${mode}): ${violations.join(', ')}; the logs are in ${result.run.folder}`)
    isHeld &&= violations.length === 0
  }
  process.exit(isHeld ? 0 : 1)
}

function modesOf(text: string | undefined): readonly Mode[] {
  if (text === undefined) return modes
  const mode = modes.find((known) => known === text)
  if (!mode) throw new Error(`--mode is ${modes.join(' or ')}`)
  return [mode]
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} must be a whole number`)
  return Number(text)
}

/** On a terminal one line that is written over; in a log a line every few seconds. */
function showProgress(intervalMs: number): (run: Run) => void {
  let lastAt = 0
  return (run) => {
    const now = performance.now()
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progressLine(run)}`)
    else if (now - lastAt >= intervalMs * 5) {
      lastAt = now
      say(progressLine(run))
    }
  }
}

function say(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${line}\n`)
}
