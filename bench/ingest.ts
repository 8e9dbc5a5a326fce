// How many callbacks a second are taken and acknowledged: Callboard beside what people write by hand and what PostgreSQL can do.
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type Contender, type Load, startContenders } from './ingest/contenders'
import { type BenchCallboard, startBenchCallboard } from './support/callboard'
import { median, type Percentiles, percentilesOf, round } from './support/percentiles'
import { say, writeResult } from './support/report'
import { rssMB } from './support/rss'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '1,32,256,1000' },
    /** Measured with these sizes beside 1 KB, at 32 connections. */
    'other-bytes': { type: 'string', default: '10000,200000' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const numbersOf = (list: string) => list.split(',').filter(Boolean).map(Number)
/** A contender has waited for its turn, and its sender is a new process: what they take first is not what they can take. */
const warmUpSeconds = Math.min(1.5, seconds)
const standardBytes = 1_024

type Measured = {
  perSecond: number
  /** The least and the most of the rounds. */
  spread: [number, number]
  latencyMs: Percentiles
  /** Answered with 503, over all rounds. */
  refused: number
}
type Setting = { connections: number; bodyBytes: number }
type Measurement = Setting & { contenders: Record<string, Measured>; frontDoorRssMB: number }

/** One that refuses for want of room counts by what it took; anything else than taking and refusing is an error. */
async function measure(contender: Contender, load: Load) {
  const { perSecond, latenciesMs, statuses } = await contender.run(load)
  const refused = statuses[503] ?? 0
  const sent = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  if (latenciesMs.length + refused !== sent)
    throw new Error(`${contender.name} did not answer all of them: ${JSON.stringify(statuses)}`)
  return { perSecond, latenciesMs, refused }
}

/** In turns, each warmed up at its beginning, before which PostgreSQL writes out what is due, so that nobody pays for another. */
async function measureSetting(
  setting: Setting,
  contenders: readonly Contender[],
  callboard: BenchCallboard,
  client: pg.Client,
): Promise<Measurement> {
  const { connections, bodyBytes } = setting
  say(`\n${connections} connections, ${bodyBytes} bytes`)
  const taken = new Map(
    contenders.map(({ name }) => [name, { perSecond: [] as number[], latenciesMs: [] as number[], refused: 0 }]),
  )
  for (let n = 1; n <= rounds; n++) {
    const rates: string[] = []
    for (const contender of contenders) {
      await client.query('checkpoint')
      const { perSecond, latenciesMs, refused } = await measure(contender, { ...setting, warmUpSeconds, seconds })
      const all = taken.get(contender.name)
      if (!all) continue
      all.perSecond.push(perSecond)
      for (const latency of latenciesMs) all.latenciesMs.push(latency)
      all.refused += refused
      rates.push(`${contender.name} ${Math.round(perSecond)}/s`)
    }
    say(`  round ${n} of ${rounds}: ${rates.join('  ')}`)
  }
  const measured = Object.fromEntries(
    [...taken].map(([name, { perSecond, latenciesMs, refused }]): [string, Measured] => [
      name,
      {
        perSecond: Math.round(median(perSecond)),
        spread: [Math.round(Math.min(...perSecond)), Math.round(Math.max(...perSecond))],
        latencyMs: percentilesOf(latenciesMs),
        refused,
      },
    ]),
  )
  say(
    `  ${' '.repeat(52)}${['median', 'spread', 'p50 ms', 'p99 ms', 'max ms'].map((head) => head.padStart(13)).join('')}`,
  )
  for (const { name, what } of contenders) {
    const one = measured[name]
    if (!one) continue
    const { p50, p99, max } = one.latencyMs
    const figures = [`${one.perSecond}/s`, one.spread.join('-'), String(p50), String(p99), String(max)]
    const row = figures.map((figure) => figure.padStart(13)).join('')
    say(`  ${name.padEnd(6)}${what.padEnd(46)}${row}${one.refused > 0 ? `   ${one.refused} refused` : ''}`)
  }
  return { connections, bodyBytes, contenders: measured, frontDoorRssMB: rssMB(callboard.pid) }
}

type Goal = { name: string; value: number; goal: number; floor: number }

/** What the front door is to reach, in ratios of one run; only of what was measured. */
function goalsOf(measurements: readonly Measurement[]): Goal[] {
  const ratio = (connections: number, other: string, goal: number, floor: number): Goal[] => {
    const found = measurements.find((one) => one.connections === connections && one.bodyBytes === standardBytes)
    const [own, theirs] = [found?.contenders.c?.perSecond, found?.contenders[other]?.perSecond]
    if (own === undefined || theirs === undefined) return []
    return [{ name: `c / ${other} at ${connections} connections`, value: round(own / theirs), goal, floor }]
  }
  return [...ratio(32, 'a', 8, 5), ...ratio(32, 'b', 2, 1.5), ...ratio(32, 'e', 1.3, 1.1), ...ratio(256, 'e', 2, 1.5)]
}

const callboard = await startBenchCallboard()
const client = new pg.Client({ connectionString: callboard.databaseUrl })
try {
  await client.connect()
  const { contenders, stop } = await startContenders(callboard, say)
  const measurements: Measurement[] = []
  try {
    const settings: Setting[] = [
      ...numbersOf(values.connections).map((connections) => ({ connections, bodyBytes: standardBytes })),
      ...numbersOf(values['other-bytes']).map((bodyBytes) => ({ connections: 32, bodyBytes })),
    ]
    for (const setting of settings) measurements.push(await measureSetting(setting, contenders, callboard, client))
  } finally {
    await stop()
  }
  const goals = goalsOf(measurements)
  say('')
  for (const { name, value, goal, floor } of goals)
    say(
      `${value >= goal ? 'met   ' : value >= floor ? 'floor ' : 'MISSED'} ${name}: ${value} (goal ${goal}, floor ${floor})`,
    )
  await writeResult('ingest', callboard.databaseUrl, { rounds, seconds, measurements, goals })
} finally {
  await client.end()
  await callboard.remove()
}
