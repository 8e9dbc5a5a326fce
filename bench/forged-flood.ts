// What forged webhooks cost: genuine callbacks alone and beside a flood, in turn, and what a million of them leave behind.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { projectRoot } from '@/server/project-root'
import type { ForgedInput, ForgedResult } from './senders/forged'
import type { GoodInput, GoodResult } from './senders/good'
import { type BenchCallboard, startBenchCallboard } from './support/callboard'
import { percentilesOf, round } from './support/percentiles'
import { startSender } from './support/sender'

const goodPerSecond = 200
const forgedPerSecond = 1_000
const rowsMax = 1_500
const bytesMax = 1_000_000
const ratioMax = 2

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '30' },
    total: { type: 'string', default: '1000000' },
    lanes: { type: 'string', default: '64' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)

type Traces = { rows: number; samples: number; bytes: number; counted: number }

/** Forged ones that got an answer, all runs together: as many have to be counted. */
let forgedAnswered = 0

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function sendGood(callboard: BenchCallboard, beside: boolean, forSeconds = seconds): Promise<number[]> {
  const { port, secret } = callboard
  const good = await startSender<GoodInput, GoodResult>({
    name: 'good',
    input: { port, secret, perSecond: goodPerSecond, seconds: forSeconds },
  })
  const forged = beside
    ? await startSender<ForgedInput, ForgedResult>({
        name: 'forged',
        input: { port, perSecond: forgedPerSecond, seconds: forSeconds },
      })
    : null
  const [result, flood] = await Promise.all([good.run(), forged?.run()])
  if (result.statuses[200] !== result.latenciesMs.length)
    throw new Error(`not all genuine callbacks were taken: ${JSON.stringify(result.statuses)}`)
  forgedAnswered += flood?.answered ?? 0
  if (flood && (flood.refused401 < flood.answered || flood.notSent > 0))
    say(`  of the forged ${flood.refused401} got 401, ${flood.answered} an answer, ${flood.notSent} were not sent`)
  return result.latenciesMs
}

/** Genuine ones alone and beside the flood, in turn: the machine drifts, and so each round is its own comparison. */
async function compare(callboard: BenchCallboard) {
  await sendGood(callboard, true, Math.min(10, seconds))
  say('warmed up')
  const all = { alone: [] as number[], beside: [] as number[] }
  const perRound = []
  for (let n = 1; n <= rounds; n++) {
    const measured = { alone: await sendGood(callboard, false), beside: await sendGood(callboard, true) }
    all.alone.push(...measured.alone)
    all.beside.push(...measured.beside)
    const alone = percentilesOf(measured.alone)
    const beside = percentilesOf(measured.beside)
    perRound.push({ alone, beside, p99Ratio: round(beside.p99 / alone.p99) })
    say(`round ${n}: alone p50 ${alone.p50} p99 ${alone.p99} max ${alone.max} ms`)
    say(`         beside p50 ${beside.p50} p99 ${beside.p99} max ${beside.max} ms, p99 × ${perRound.at(-1)?.p99Ratio}`)
  }
  const [alone, beside] = [percentilesOf(all.alone), percentilesOf(all.beside)]
  return { alone, beside, p99Ratio: round(beside.p99 / alone.p99), perRound }
}

async function readTraces(client: pg.Client): Promise<Traces> {
  const { rows } = await client.query<Traces>(`
    select
      (select count(*) from rejected_deliveries)::int as "rows",
      (select count(*) from rejected_delivery_samples)::int as "samples",
      (pg_total_relation_size('rejected_deliveries') + pg_total_relation_size('rejected_delivery_samples'))::int as "bytes",
      (select coalesce(sum(count), 0) from rejected_deliveries)::int as "counted"`)
  const [traces] = rows
  if (!traces) throw new Error('no answer from the database')
  return traces
}

function describe({ rows, samples, bytes, counted }: Traces): string {
  return `${counted} counted in ${rows} rows and ${samples} samples, ${Math.round(bytes / 1_000)} kB`
}

/** As many as it takes, as fast as they are answered. What is not written yet at the end is waited for. */
async function flood(callboard: BenchCallboard, client: pg.Client) {
  const total = Number(values.total)
  let bytesAtMost = 0
  const sender = await startSender<ForgedInput, ForgedResult>({
    name: 'forged',
    input: { port: callboard.port, total, lanes: Number(values.lanes) },
    onProgress: async (sent) => {
      const traces = await readTraces(client)
      bytesAtMost = Math.max(bytesAtMost, traces.bytes)
      say(`  ${sent} of ${total} sent; ${describe(traces)}`)
    },
  })
  const startedAt = performance.now()
  const { answered, refused401 } = await sender.run()
  const perSecond = Math.round((answered * 1_000) / (performance.now() - startedAt))
  forgedAnswered += answered
  let after = await readTraces(client)
  for (let tries = 0; tries < 120 && after.counted < forgedAnswered; tries++) {
    await sleep(1_000)
    after = await readTraces(client)
    bytesAtMost = Math.max(bytesAtMost, after.bytes)
  }
  say(
    `${answered} answered, ${refused401} with 401, ${perSecond} a second; ${describe(after)}, ${bytesAtMost} bytes at most`,
  )
  return {
    total,
    answered,
    refused401,
    perSecond,
    ...after,
    forgedInAll: forgedAnswered,
    bytesAtMost,
  }
}

const callboard = await startBenchCallboard()
const client = new pg.Client({ connectionString: callboard.databaseUrl })
try {
  await client.connect()
  const latency = await compare(callboard)
  say(`all rounds: p99 ${latency.alone.p99} ms alone, ${latency.beside.p99} ms beside the flood: × ${latency.p99Ratio}`)
  const million = await flood(callboard, client)
  const goals = {
    'p99 at most doubles': latency.p99Ratio <= ratioMax,
    'at most 1,500 rows': million.rows + million.samples <= rowsMax,
    'at most 1 MB': million.bytesAtMost <= bytesMax,
    'every one refused and counted': million.refused401 === million.total && million.counted === million.forgedInAll,
  }
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model }
  const folder = path.join(projectRoot(), 'bench', 'results')
  mkdirSync(folder, { recursive: true })
  const result = {
    measuredAt: new Date().toISOString(),
    machine,
    goodPerSecond,
    forgedPerSecond,
    seconds,
    latency,
    million,
    goals,
  }
  writeFileSync(path.join(folder, 'forged-flood.json'), `${JSON.stringify(result, null, 2)}\n`)
  for (const [goal, isMet] of Object.entries(goals)) say(`${isMet ? 'met   ' : 'MISSED'} ${goal}`)
  if (Object.values(goals).includes(false)) process.exitCode = 1
} finally {
  await client.end()
  await callboard.remove()
}
