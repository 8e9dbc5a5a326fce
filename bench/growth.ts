// What changes as callbacks pile up: how fast they are taken, how long the console's questions take, and what they need of disk and memory.
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { createDatabase, type Database } from '@/db/client'
import { readFeedEpoch } from '@/lib/llm-callbacks/feed/feed-epoch'
import { indexWords } from './history/index-words'
import { loadCallbacks } from './history/load-callbacks'
import { markSome } from './history/mark-some'
import { measureRequest } from './history/measure-request'
import { historyRequests, sampleCallbacks } from './history/requests'
import type { ClosedInput, ClosedResult } from './senders/closed'
import type { GoodInput, GoodResult } from './senders/good'
import { askConsole } from './support/ask-console'
import { type BenchCallboard, newDataDir, removeDataDir, startBenchCallboard } from './support/callboard'
import { median, type Percentiles, percentilesOf, round } from './support/percentiles'
import { progress, say, writeResult } from './support/report'
import { rssMB } from './support/rss'
import { startSender } from './support/sender'

const { values } = parseArgs({
  options: {
    /** Each in a database of its own. 10,000,000 take some half an hour to an hour and 40 GB. */
    rows: { type: 'string', default: '1000000' },
    /** Where as many were stored before, or are to be kept after: for more than one measurement of the same. */
    'data-dir': { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    requests: { type: 'string', default: '50' },
    'soak-seconds': { type: 'string', default: '60' },
  },
})
const sizes = values.rows.split(',').map(Number)
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const requests = Number(values.requests)
const soakSeconds = Number(values['soak-seconds'])

const originals = 50_000
/** With these a body has some 400 bytes. */
const textLength = [20, 120] as const
const connections = 32
const soakPerSecond = 100
const samplesOfSoak = 12

/** What each question may take at the 95th percentile, by the beginning of its name; those that are not named here are measured alone. */
const p95MsMaxOf = (name: string) => {
  if (name === 'check') return 10
  if (name.startsWith('search: ')) return 300
  return /^(count|facet|failures|attention|overview|one callback)/.test(name) ? null : 50
}

async function withDatabase<Result>(url: string, use: (db: Database) => Promise<Result>): Promise<Result> {
  const db = createDatabase(url, { queryTimeoutMs: 7_200_000, connectionsMax: 2 })
  try {
    return await use(db)
  } finally {
    await db.$client.end()
  }
}

async function load(dataDir: string, rows: number) {
  const callboard = await startBenchCallboard({ dataDir })
  try {
    return await withDatabase(callboard.databaseUrl, async (db) => {
      await loadCallbacks(db, { rows, originals, textLength, onProgress: progress('stored', rows) })
      await indexWords(db, progress('indexed', rows))
      await markSome(db)
      await db.execute(sql`vacuum analyze`)
      return bytesPerCallback(db, rows)
    })
  } finally {
    await callboard.stop()
  }
}

async function bytesPerCallback(db: Database, rows: number) {
  const { rows: found } = await db.execute<{ body: number; callbacks: number; search: number }>(sql`
    select (select avg(length(raw))::float8 from llm_callbacks tablesample system (1)) as body,
      pg_total_relation_size('llm_callbacks')::float8 / ${rows}::float8 as callbacks,
      pg_total_relation_size('llm_callback_search')::float8 / ${rows}::float8 as search`)
  const { body = 0, callbacks = 0, search = 0 } = found[0] ?? {}
  return { body: Math.round(body), callbacks: Math.round(callbacks), search: Math.round(search) }
}

/** The questions of the history's own measurement, on the console as it runs. */
async function askAll(callboard: BenchCallboard): Promise<Record<string, Percentiles & { p95MsMax: number | null }>> {
  const samples = await withDatabase(callboard.databaseUrl, async (db) =>
    sampleCallbacks(db, await readFeedEpoch(db), 100),
  )
  const ask = await askConsole(callboard)
  const answers: Record<string, Percentiles & { p95MsMax: number | null }> = {}
  for (const request of historyRequests(samples)) {
    const result = await measureRequest(ask, request, requests)
    const p95MsMax = p95MsMaxOf(request.name)
    answers[request.name] = { ...result, p95MsMax }
    const isMissed = p95MsMax !== null && result.p95 > p95MsMax
    say(`  ${request.name.padEnd(34)} p50 ${result.p50}, p95 ${result.p95} ms${isMissed ? '  MISSED' : ''}`)
  }
  return answers
}

/** A steady stream while the console follows; the memory of the front door now and then. */
async function soak({ port, secret, pid }: BenchCallboard) {
  const sender = await startSender<GoodInput, GoodResult>({
    name: 'good',
    input: { port, secret, perSecond: soakPerSecond, seconds: soakSeconds },
  })
  const frontDoorMB: number[] = []
  const timer = setInterval(() => frontDoorMB.push(rssMB(pid)), (soakSeconds * 1_000) / samplesOfSoak)
  const { latenciesMs, statuses } = await sender.run()
  clearInterval(timer)
  return { frontDoorMB, statuses, acknowledgedMs: percentilesOf(latenciesMs) }
}

/** In turns with an empty one, since the machine's speed drifts: only the ratio says something. */
async function compareIngest(callboards: { grown: BenchCallboard; empty: BenchCallboard }) {
  const perSecond = { grown: [] as number[], empty: [] as number[] }
  for (let n = 0; n <= rounds; n++) {
    for (const name of ['grown', 'empty'] as const) {
      const { port, secret, databaseUrl } = callboards[name]
      await checkpoint(databaseUrl)
      const input = { port, secret, connections, bodyBytes: 400, warmUpSeconds: 1, seconds }
      const taken = await (await startSender<ClosedInput, ClosedResult>({ name: 'closed', input })).run()
      // The first round warms up.
      if (n > 0) perSecond[name].push(Math.round(taken.perSecond))
    }
  }
  return { ...perSecond, ratio: round(median(perSecond.grown) / median(perSecond.empty)) }
}

async function checkpoint(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('checkpoint')
  await client.end()
}

/** What the console makes of it, then, without the console, how fast more is taken. */
async function measureSize(rows: number): Promise<void> {
  const keptDataDir = values['data-dir']
  const grownDataDir = keptDataDir ?? newDataDir()
  const isStored = keptDataDir !== undefined && existsSync(keptDataDir)
  const empty = await startBenchCallboard()
  let grown: BenchCallboard | null = null
  try {
    say(`${rows} callbacks`)
    const bytes = isStored ? null : await load(grownDataDir, rows)
    if (bytes)
      say(`  bytes of disk with a body of ${bytes.body}: ${bytes.callbacks} a callback, ${bytes.search} for its search`)
    grown = await startBenchCallboard({ dataDir: grownDataDir, withConsole: true })
    const answers = await askAll(grown)
    const soaked = await soak(grown)
    say(`  front door over ${soakSeconds} s of ${soakPerSecond} a second, MB: ${soaked.frontDoorMB.join(' ')}`)
    await grown.stop()
    grown = await startBenchCallboard({ dataDir: grownDataDir })
    const ingest = await compareIngest({ grown, empty })
    say(`  taken a second: ${ingest.grown.join(' ')}; by an empty one in turns: ${ingest.empty.join(' ')}`)
    say(`  ${ingest.ratio >= 0.8 ? 'met   ' : 'MISSED'} ratio ${ingest.ratio} (goal 0.8)`)
    await writeResult('growth', grown.databaseUrl, { rows, bytes, answers, soaked, ingest })
  } finally {
    await grown?.stop()
    if (keptDataDir === undefined) removeDataDir(grownDataDir)
    await empty.remove()
  }
}

for (const rows of sizes) await measureSize(rows)
