// How long the console's questions about a million callbacks take, over HTTP: pages, each filter, search, counts.
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { createDatabase, type Database } from '@/db/client'
import { readFeedEpoch } from '@/lib/llm-callbacks/feed/feed-epoch'
import { indexWords } from './history/index-words'
import { loadCallbacks } from './history/load-callbacks'
import { markSome } from './history/mark-some'
import { measureRequest } from './history/measure-request'
import { historyRequests, sampleCallbacks } from './history/requests'
import { askConsole } from './support/ask-console'
import { type BenchCallboard, newDataDir, removeDataDir, startBenchCallboard } from './support/callboard'
import type { Percentiles } from './support/percentiles'
import { progress, say, writeResult } from './support/report'

const p95MsMax = 200

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '100' },
    /** Measures only what has this in its name. */
    only: { type: 'string', default: '' },
    /** Use this folder, and leave it as it is afterwards: what is loaded already is not loaded again. */
    'data-dir': { type: 'string' },
  },
})
const rows = Number(values.rows)
const requests = Number(values.requests)
const dataDir = values['data-dir'] ?? newDataDir()

/** By a Callboard without its console, whose follower would do the same at the same time. */
async function prepare(): Promise<void> {
  const callboard = await startBenchCallboard({ dataDir })
  const db = createDatabase(callboard.databaseUrl, { queryTimeoutMs: 3_600_000, connectionsMax: 2 })
  try {
    const { rowCount } = await db.execute(sql`select from llm_callbacks limit 1`)
    if (rowCount === 0) {
      await loadCallbacks(db, { rows, onProgress: progress('stored', rows) })
      await indexWords(db, progress('indexed', rows))
    }
    await markSome(db)
    await db.execute(sql`vacuum analyze`)
  } finally {
    await db.$client.end()
    await callboard.stop()
  }
}

async function measureAll(callboard: BenchCallboard, db: Database): Promise<Record<string, Percentiles>> {
  const samples = await sampleCallbacks(db, await readFeedEpoch(db), 200)
  const ask = await askConsole(callboard)
  const results: Record<string, Percentiles> = {}
  say(`${'milliseconds'.padEnd(40)}${['p50', 'p95', 'max'].map((name) => name.padStart(10)).join('')}`)
  for (const request of historyRequests(samples)) {
    if (!request.name.includes(values.only)) continue
    const result = await measureRequest(ask, request, requests)
    results[request.name] = result
    const figures = [result.p50, result.p95, result.max].map((figure) => figure.toFixed(1).padStart(10)).join('')
    say(`${request.name.padEnd(40)}${figures}${result.p95 > p95MsMax ? '  MISSED' : ''}`)
  }
  return results
}

async function sizesOf(db: Database) {
  const { rows: sizes } = await db.execute<Record<string, number>>(sql`
    select (pg_total_relation_size('llm_callbacks') / 1e6)::int as "callbacksMB",
      (pg_total_relation_size('llm_callback_search') / 1e6)::int as "searchMB",
      (pg_relation_size('llm_callback_search_words_idx') / 1e6)::int as "searchIndexMB"`)
  return sizes[0]
}

async function report(callboard: BenchCallboard): Promise<void> {
  const db = createDatabase(callboard.databaseUrl, { connectionsMax: 1 })
  try {
    const results = await measureAll(callboard, db)
    const sizes = await sizesOf(db)
    await writeResult('history', callboard.databaseUrl, { rows, requests, sizes, results })
    const all = Object.values(results)
    const missed = all.filter(({ p95 }) => p95 > p95MsMax).length
    say(JSON.stringify(sizes))
    say(`${all.length - missed} of ${all.length} within ${p95MsMax} ms at p95`)
    if (missed > 0) process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

try {
  await prepare()
  const callboard = await startBenchCallboard({ dataDir, withConsole: true })
  await report(callboard).finally(callboard.stop)
} finally {
  if (!values['data-dir']) removeDataDir(dataDir)
}
