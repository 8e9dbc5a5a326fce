import type { Audit } from './audit'
import type { Result, Run } from './run-torture'

const examplesMax = 5
const number = new Intl.NumberFormat('en-US')

/** One line about a run under way. */
export function progressLine(run: Run): string {
  const { ledger, byCursor, byStream, disturbances } = run
  const seconds = (performance.now() - run.startedAt) / 1_000
  const counts = [
    `${seconds.toFixed(0)} s`,
    `${number.format(ledger.acknowledged)} acknowledged (${(ledger.acknowledged / seconds).toFixed(0)}/s)`,
    `${killsOf(run)} kills`,
    `${disturbances.crashes} crashes`,
    `${disturbances.freezes} freezes`,
    `read ${number.format(byCursor.count)} by cursor, ${number.format(byStream.count)} by stream`,
  ]
  return `${run.mode}: ${counts.join(' · ')}`
}

/** The whole ledger of a run, as lines of a table, with examples of what went wrong. */
export function ledgerText({ run, audit, seconds }: Result): string {
  const { ledger, disturbances, byCursor, byStream } = run
  const latencies = [...ledger.latenciesMs].sort((a, b) => a - b)
  const at = (quantile: number) => `${(latencies[Math.floor((latencies.length - 1) * quantile)] ?? 0).toFixed(1)} ms`
  const statuses = [...ledger.statuses].sort(([a], [b]) => a - b)
  const rows: [string, string][] = [
    ['seconds', seconds.toFixed(0)],
    ['requests sent', number.format(ledger.sent)],
    ['answers', statuses.map(([status, count]) => `${status || 'none'}: ${number.format(count)}`).join(', ')],
    [
      'callbacks acknowledged',
      `${number.format(ledger.acknowledged)} (${(ledger.acknowledged / seconds).toFixed(0)}/s)`,
    ],
    ['given up by the sender', number.format(ledger.givenUp)],
    ['rows stored', number.format(audit.stored)],
    [
      'Callboard killed (SIGKILL)',
      `${number.format(killsOf(run))}, of those ${number.format(killsWhileUp(run))} while it took callbacks`,
    ],
    ['PostgreSQL crashed (immediate)', String(disturbances.crashes)],
    ['PostgreSQL frozen (SIGSTOP)', String(disturbances.freezes)],
    ['answer p50, p99', `${at(0.5)}, ${at(0.99)}`],
    ['lost', String(audit.lost.length)],
    ['doubled', String(audit.doubled.length)],
    ['changed', String(audit.changed.length)],
    ['missed by cursor, by stream', `${audit.missedByCursor}, ${audit.missedByStream}`],
    ['shown twice or out of order', String(audit.repeated)],
    ['resets of a reader', String(byCursor.resets + byStream.resets)],
    ['answers that are wrong', String(ledger.wrongAnswers.length)],
  ]
  const table = rows.map(([name, value]) => `  ${name.padEnd(32)}${value}`)
  return [`${run.mode}:`, ...table, ...examplesOf(audit, ledger.wrongAnswers)].join('\n')
}

function examplesOf(audit: Audit, wrongAnswers: readonly string[]): string[] {
  const lists = { lost: audit.lost, doubled: audit.doubled, changed: audit.changed, 'wrong answer': wrongAnswers }
  return Object.entries(lists).flatMap(([name, list]) =>
    list.slice(0, examplesMax).map((sentence) => `  ${name}: ${sentence}`),
  )
}

/** What a run proves wrong, by name; empty when it held. A run in which nothing happened proves nothing, and fails too. */
export function violationsOf({ run, audit }: Result): string[] {
  const counts: Record<string, number> = {
    lost: audit.lost.length,
    doubled: audit.doubled.length,
    changed: audit.changed.length,
    missed: audit.missedByCursor + audit.missedByStream,
    repeated: audit.repeated,
    reset: run.byCursor.resets + run.byStream.resets,
    'wrong answer': run.ledger.wrongAnswers.length,
    'nothing acknowledged': run.ledger.acknowledged === 0 ? 1 : 0,
    'nothing killed': killsOf(run) === 0 ? 1 : 0,
  }
  return Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${name} ${count}`] : []))
}

function killsOf(run: Run): number {
  return run.replicas.reduce((sum, replica) => sum + replica.kills, 0)
}

function killsWhileUp(run: Run): number {
  return run.replicas.reduce((sum, replica) => sum + replica.killsWhileUp, 0)
}
