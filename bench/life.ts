// How long an acknowledgement takes while the console is in use, and how long until the console hears of it.
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { GoodInput, GoodResult } from './senders/good'
import type { StreamsInput, StreamsResult } from './senders/streams'
import { type Ask, type SignedIn, signInToConsole } from './support/ask-console'
import { type BenchCallboard, newDataDir, removeDataDir, startBenchCallboard } from './support/callboard'
import { openLane } from './support/lane'
import { type Percentiles, percentilesOf } from './support/percentiles'
import { say, writeResult } from './support/report'
import { signedRequest } from './support/requests'
import { startSender } from './support/sender'

/** What was measured, and its goal in ms. */
type Goal = [what: string, ms: number, msMax: number]
type Scenario = {
  perSecond: number
  streams: number
  goalsOf: (acknowledged: Percentiles, heard: Percentiles) => Goal[]
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    /** Only the scenario with this rate. */
    'per-second': { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const browsing = 3
const streamsOfUserMax = 20
const largeBytes = 1_000_000
const pauseMs = 300
const scenarios: Scenario[] = [
  {
    perSecond: 500,
    streams: 100,
    goalsOf: (acknowledged, heard) => [
      ['p99', acknowledged.p99, 25],
      ['p99.9', acknowledged.p999, 100],
      ['p99 of what is heard', heard.p99, 250],
    ],
  },
  { perSecond: 2_000, streams: 10, goalsOf: (acknowledged) => [['p99', acknowledged.p99, 50]] },
]

const password = 'a password that only the measurements know'

/** As many admins as the streams need, each signed in from an address of their own. */
async function signInAll(callboard: BenchCallboard, dataDir: string, count: number): Promise<SignedIn[]> {
  const signedIn = [await signInToConsole(callboard)]
  for (let n = 1; n < count; n++) {
    const email = `admin${n}@example.com`
    const env = { ...process.env, DATA_DIR: dataDir, ADMIN_PASSWORD: password }
    const created = spawnSync(process.execPath, ['dist/cli.js', 'admin', 'create', '--email', email], { env })
    if (created.status !== 0) throw new Error(`admin create ended with ${created.status}: ${created.stderr}`)
    signedIn.push(await signInToConsole(callboard, { admin: { email, password }, localAddress: `127.0.0.${n + 1}` }))
  }
  return signedIn
}

/** What somebody does who looks around: the page itself, its list, what is new, a filter, a search. */
async function browse(ask: Ask, endsAt: number): Promise<number[]> {
  const api = '/api/admin/llm-callbacks'
  const paths = ['/callbacks', `${api}?limit=50`, `${api}/check`, `${api}?status=failed`, `${api}?q=emergency`]
  const latenciesMs: number[] = []
  for (let n = 0; performance.now() < endsAt; n++) {
    latenciesMs.push(await ask(paths[n % paths.length] ?? '/callbacks'))
    await sleep(pauseMs)
  }
  return latenciesMs
}

/** One each second. They are signed beforehand: the sender's own work is not what is measured. */
async function sendLarge(port: number, requests: readonly Buffer[]) {
  let lane = openLane(port)
  const latenciesMs: number[] = []
  let refused = 0
  for (const request of requests) {
    if (!lane.isOpen()) lane = openLane(port)
    const sentAt = performance.now()
    const status = await lane.send(request)
    if (status === 200) latenciesMs.push(performance.now() - sentAt)
    else refused += 1
    await sleep(Math.max(0, 1_000 - (performance.now() - sentAt)))
  }
  lane.close()
  return { latenciesMs, refused }
}

/**
 * How long after its acknowledgement each witness heard of each callback: with the first message that reaches its place in the feed,
 * be it named there or one of too many for one message.
 */
async function heardAfterMs({ databaseUrl }: BenchCallboard, sent: GoodResult, { heard }: StreamsResult) {
  const acknowledgedAt = new Map(sent.acknowledged)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ seq: number; job: string }>(
    'select seq::float8 as seq, external_job_id as job from llm_callbacks where external_job_id = any($1) order by seq',
    [[...acknowledgedAt.keys()]],
  )
  await client.end()
  return heard.flatMap((messages) => {
    let next = 0
    return rows.map(({ seq, job }) => {
      while (next < messages.length && (messages[next]?.[0] ?? 0) < seq) next += 1
      const atMs = messages[next]?.[1] ?? Number.POSITIVE_INFINITY
      // Heard of before the sender had read its answer is at once.
      return Math.max(0, atMs - (acknowledgedAt.get(job) ?? 0))
    })
  })
}

async function measure(callboard: BenchCallboard, users: readonly SignedIn[], scenario: Scenario) {
  const { perSecond, streams } = scenario
  const { port, secret } = callboard
  const send = (forSeconds: number) =>
    startSender<GoodInput, GoodResult>({ name: 'good', input: { port, secret, perSecond, seconds: forSeconds } })
  const browseAll = (endsAt: number) => users.slice(0, browsing).map(({ ask }) => browse(ask, endsAt))
  const warmUpSeconds = Math.min(5, seconds)
  await Promise.all([(await send(warmUpSeconds)).run(), ...browseAll(performance.now() + warmUpSeconds * 1_000)])
  say('  warmed up')
  const cookies = users.map(({ cookie }) => cookie)
  const listeners = await startSender<StreamsInput, StreamsResult>({
    name: 'streams',
    input: { port, cookies, streams, seconds },
  })
  const sender = await send(seconds)
  const large = Array.from({ length: seconds }, () => signedRequest(secret, largeBytes))
  const endsAt = performance.now() + seconds * 1_000
  const [sent, heard, sentLarge, ...browsed] = await Promise.all([
    sender.run(),
    listeners.run(),
    sendLarge(port, large),
    ...browseAll(endsAt),
  ])
  return {
    perSecond,
    streams,
    statuses: sent.statuses,
    acknowledgedMs: percentilesOf(sent.latenciesMs),
    heardMs: percentilesOf(await heardAfterMs(callboard, sent, heard)),
    streamsEnded: heard.ended,
    largeMs: percentilesOf(sentLarge.latenciesMs),
    largeRefused: sentLarge.refused,
    browsedMs: percentilesOf(browsed.flat()),
  }
}

function describe(what: string, { count, p50, p99, p999, max }: Percentiles): string {
  return `  ${what.padEnd(34)}${count} times, p50 ${p50}, p99 ${p99}, p99.9 ${p999}, max ${max} ms`
}

const dataDir = newDataDir()
const callboard = await startBenchCallboard({ dataDir, withConsole: true })
try {
  const streamsMax = Math.max(...scenarios.map(({ streams }) => streams))
  const users = await signInAll(callboard, dataDir, Math.max(browsing, Math.ceil(streamsMax / streamsOfUserMax)))
  const results = []
  for (const scenario of scenarios) {
    if (values['per-second'] && Number(values['per-second']) !== scenario.perSecond) continue
    say(`${scenario.perSecond} callbacks a second, ${scenario.streams} streams, ${browsing} admins, 1 MB each second`)
    const result = await measure(callboard, users, scenario)
    say(describe('acknowledged', result.acknowledgedMs))
    say(describe('from there until it is heard', result.heardMs))
    say(describe('acknowledged, 1 MB', result.largeMs))
    say(describe('answers to the console', result.browsedMs))
    say(`  answers ${JSON.stringify(result.statuses)}`)
    say(`  ${result.largeRefused} of 1 MB refused, ${result.streamsEnded} streams ended`)
    const goals = scenario.goalsOf(result.acknowledgedMs, result.heardMs)
    for (const [what, ms, msMax] of goals)
      say(`  ${ms <= msMax ? 'met   ' : 'MISSED'} ${what} at most ${msMax} ms: ${ms}`)
    results.push({ ...result, goals })
  }
  await writeResult('life', callboard.databaseUrl, { seconds, results })
} finally {
  await callboard.stop()
  removeDataDir(dataDir)
}
