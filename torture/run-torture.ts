import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, type Database } from '@/db/client'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'
import { freePort } from '@/server/free-port'
import { rootHome } from '@/server/postgres/layout'
import { type Audit, audit } from './audit'
import { type Disturbances, disturbPostgres } from './disturb-postgres'
import { Replica } from './kill-replica'
import { Ledger } from './ledger'
import { dataDirs, type Mode, openTarget, type Target } from './open-target'
import { type Random, randomFrom } from './random'
import { readByCursor } from './read-by-cursor'
import { readByStream } from './read-by-stream'
import { sendMessages } from './send-messages'
import { serveStream } from './serve-stream'
import { Sightings } from './sightings'

export type TortureOptions = {
  mode: Mode
  seconds: number
  seed: number
  senders: number
  /** The compiled command line under test. */
  cli: string
  /** SQL that plants a fault in the database, before the first callback. */
  sql: string | null
  /** Told of the run twice a second. */
  onProgress: (run: Run) => void
}

/** A run under way, or at its end. */
export type Run = {
  mode: Mode
  ledger: Ledger
  byCursor: Sightings
  byStream: Sightings
  replicas: readonly Replica[]
  disturbances: Disturbances
  startedAt: number
  /** What it left behind for a person to look at: the logs of what was killed. */
  folder: string
}

export type Result = { run: Run; audit: Audit; seconds: number }

const settlePatienceMs = 30_000

/**
 * Sends, kills, crashes, freezes and reads for `seconds`, then lets everything come up once more, waits until every sender has
 * its answer and every reader is at the head, and compares what was promised with what is there.
 */
export async function runTorture(options: TortureOptions): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-torture-'))
  const target = await openTarget(options.mode, folder)
  const db = createDatabase(target.url, { queryTimeoutMs: 5_000, onIdleError: () => {} })
  try {
    const replicas = await createReplicas(options, target, folder)
    await replicas[0]?.startForGood()
    if (options.sql) await db.$client.query(options.sql)
    await replicas[0]?.kill()
    const run: Run = {
      mode: options.mode,
      ledger: new Ledger(),
      byCursor: new Sightings(),
      byStream: new Sightings(),
      replicas,
      disturbances: { crashes: 0, freezes: 0 },
      startedAt: performance.now(),
      folder,
    }
    const secret = target.variables.LLM_WEBHOOK_SECRET ?? ''
    const seconds = await tormentAndSettle({ run, options, target, db, secret })
    const result = { run, audit: await audit({ db, ...run }), seconds }
    for (const replica of replicas) await replica.stop()
    return result
  } finally {
    await db.$client.end()
    await target.close()
    for (const dataDir of dataDirs(folder)) rmSync(rootHome(dataDir), { recursive: true, force: true })
  }
}

async function tormentAndSettle(input: {
  run: Run
  options: TortureOptions
  target: Target
  db: Database
  secret: string
}): Promise<number> {
  const { run, options, target, db, secret } = input
  const { ledger, replicas, disturbances } = run
  const [forSenders, forKillers, forPostgres, forReaders] = seeds(options.seed)
  const torment = new AbortController()
  const reading = new AbortController()
  const readers = await startReaders({ run, db, target, random: forReaders, signal: reading.signal })
  const progress = setInterval(() => options.onProgress(run), 500)
  const { signal } = torment
  const urls = replicas.map((replica) => replica.url)
  const sending = sendMessages({ ledger, urls, secret, random: forSenders, senders: options.senders, signal })
  const killing = replicas.map((replica) => replica.keepKilling(signal, forKillers))
  const { clusterDir } = target
  const acknowledged = () => ledger.acknowledged
  const disturbing = disturbPostgres({ clusterDir, random: forPostgres, counts: disturbances, acknowledged, signal })
  await sleep(options.seconds * 1_000)
  torment.abort()
  const seconds = (performance.now() - run.startedAt) / 1_000
  await Promise.all([...killing, disturbing])
  await Promise.all(replicas.map((replica) => replica.startForGood()))
  await sending
  await untilAtHead(run, db)
  clearInterval(progress)
  reading.abort()
  await readers.stop()
  return seconds
}

function seeds(seed: number): [Random, Random, Random, Random] {
  return [randomFrom(seed), randomFrom(seed + 1), randomFrom(seed + 2), randomFrom(seed + 3)]
}

async function startReaders(input: { run: Run; db: Database; target: Target; random: Random; signal: AbortSignal }) {
  const { run, db, target, random, signal } = input
  const userId = randomUUID()
  const { nextCursor: after } = await getRecentCallbacks(null, 1, userId, db)
  const stream = await serveStream(db, target.url)
  const byCursor = readByCursor({ db, userId, after, sightings: run.byCursor, signal })
  const byStream = readByStream({ url: stream.url, db, userId, after, sightings: run.byStream, random, signal })
  return {
    async stop() {
      await Promise.all([byCursor, byStream])
      stream.close()
    },
  }
}

/** Readers are given time to come to the head; one that does not come is what the audit is for. */
async function untilAtHead({ byCursor, byStream }: Run, db: Database): Promise<void> {
  const deadline = performance.now() + settlePatienceMs
  const { rows } = await db.$client.query<{ count: string }>('select count(*) as count from llm_callbacks')
  const stored = Number(rows[0]?.count)
  let last = -1
  while (performance.now() < deadline && (byCursor.count < stored || byStream.count < stored)) {
    await sleep(1_500)
    // Nothing came in a second and a half, and every follower polls each second: nothing more will.
    if (byCursor.count + byStream.count === last) return
    last = byCursor.count + byStream.count
  }
}

async function createReplicas(options: TortureOptions, target: Target, folder: string): Promise<Replica[]> {
  const count = options.mode === 'embedded' ? 1 : 2
  const replicas: Replica[] = []
  for (const [index, dataDir] of dataDirs(folder).slice(0, count).entries()) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const port = await freePort()
    replicas.push(
      new Replica({
        cli: options.cli,
        url: `http://127.0.0.1:${port}`,
        variables: { ...target.variables, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'info' },
        logFile: path.join(folder, `callboard-${index + 1}.log`),
      }),
    )
  }
  return replicas
}
