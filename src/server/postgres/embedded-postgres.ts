import { execFile, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { SQLSTATE, sqlStateOf } from '@/db/sqlstate'
import { freePort } from '../free-port'
import { type Layout, prepareLayout } from './layout'
import { findPostmaster, stopPostmaster } from './postmaster'

const userName = 'callboard'
const databaseName = 'callboard'
const startPatienceMs = 120_000
const stopPatienceMs = 20_000
const logBytesMax = 10_000_000

/** Settings that make the log safe to keep: no statement and no row value ever appears in it. */
const logSettings = {
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
}

/** Nothing of ours goes to PostgreSQL's processes. */
const processEnvironment: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C' }

export type EmbeddedPostgres = {
  /** Where to connect, with the password. */
  url: string
  /** The data directory of the cluster, and the log beside it. */
  clusterDir: string
  /** Starts the server again if it has died; at once when it runs. Keeps the port, so that pools find it. */
  ensureRunning(): Promise<void>
  /** @param patienceMs after which a server that does not end is left behind; the next start adopts it. */
  stop(patienceMs?: number): Promise<void>
}

type Options = {
  dataDir: string
  password: string
  /** Told what takes long, in words for a person. */
  onProgress?: (message: string) => void
  /** Extra server settings, by name. */
  settings?: Record<string, string>
}

/**
 * Starts PostgreSQL (from npm) on `dataDir`, or adopts the one that already runs on it because an earlier Callboard was
 * killed. It listens on 127.0.0.1 with scram authentication, runs as an unprivileged OS user, and outlives the caller
 * unless stopped: what it has committed stays committed.
 * @throws Error with the last lines of PostgreSQL's log when it can't be started.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const layout = prepareLayout(options.dataDir)
  if (!existsSync(path.join(layout.clusterDir, 'PG_VERSION'))) {
    options.onProgress?.(`Creating a PostgreSQL cluster in ${layout.clusterDir}`)
    await createCluster(layout, options.password)
  }
  refuseOtherMajor(layout)
  const wasRunning = findPostmaster(layout.clusterDir) !== null
  const urlFor = (database: string) => `postgres://${userName}:${options.password}@127.0.0.1:${port}/${database}`
  let port = 0
  try {
    port = await run(layout, options, await freePort())
    await createDatabaseOnce(urlFor('postgres'))
  } catch (error) {
    if (!wasRunning) await stopPostmaster(layout.clusterDir, stopPatienceMs)
    throw sqlStateOf(error) === SQLSTATE.invalidPassword ? otherPassword(layout) : error
  }
  return {
    url: urlFor(databaseName),
    clusterDir: layout.clusterDir,
    async ensureRunning() {
      if (!findPostmaster(layout.clusterDir)) port = await run(layout, options, port)
    },
    stop: (patienceMs = stopPatienceMs) => stopPostmaster(layout.clusterDir, patienceMs),
  }
}

async function createCluster(layout: Layout, password: string): Promise<void> {
  const fresh = `${layout.clusterDir}.new`
  rmSync(fresh, { recursive: true, force: true })
  const passwordFile = `${fresh}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (layout.osUser) chownSync(passwordFile, layout.osUser.uid, layout.osUser.gid)
  const flags = ['--username', userName, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8']
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  // PostgreSQL fills a new segment with zeros while a commit waits: 50 ms for the usual 16 MB, until there are enough to use again.
  // The sizes that follow from a segment's by themselves stay as they are usually: with less, checkpoints come four times as often.
  const wal = ['--wal-segsize=4', '--set=min_wal_size=80MB', '--set=max_wal_size=1GB']
  try {
    await promisify(execFile)(path.join(layout.native, 'bin', 'initdb'), ['-D', fresh, ...flags, ...locale, ...wal], {
      ...layout.osUser,
      cwd: path.dirname(fresh),
      env: processEnvironment,
    })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`initdb failed: ${stderr || message}`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, layout.clusterDir)
}

/** Data outlives a DATA_DIR that was deleted where it is kept elsewhere, and then its password is gone. */
function otherPassword(layout: Layout): Error {
  return new Error(
    `${layout.clusterDir} was made with another password than the one kept in DATA_DIR. ` +
      'Restore that file, or, to start with an empty database, delete this folder.',
  )
}

function refuseOtherMajor(layout: Layout): void {
  const clusterMajor = readFileSync(path.join(layout.clusterDir, 'PG_VERSION'), 'utf8').trim()
  const version = spawnSync(path.join(layout.native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  const binaryMajor = / (\d+)/.exec(version.stdout ?? '')?.[1]
  if (!binaryMajor)
    throw new Error(`The embedded PostgreSQL does not run here: ${version.error?.message ?? version.stderr}`)
  if (clusterMajor !== binaryMajor) {
    throw new Error(
      `${layout.clusterDir} was made by PostgreSQL ${clusterMajor}, and this Callboard ships ${binaryMajor}. ` +
        'Nothing was changed. With the Callboard that made it, run `callboard backup <file>`, then restore the file with this one: ' +
        'docs/operate/upgrade-postgres.md says how.',
    )
  }
}

/** Brings a server up on the cluster, or waits for the one that is there; returns its port. */
async function run(layout: Layout, options: Options, preferredPort: number): Promise<number> {
  const deadline = performance.now() + startPatienceMs
  let child: ReturnType<typeof spawnServer> | null = null
  for (;;) {
    const postmaster = findPostmaster(layout.clusterDir)
    if (postmaster && (await accepts(postmaster.port, options.password))) return postmaster.port
    if (!postmaster && (!child || child.hasExited())) {
      if (child) throw new Error(`PostgreSQL did not start:\n${logTail(layout.logFile)}`)
      child = spawnServer(layout, preferredPort, options.settings ?? {})
    }
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL was not ready after ${startPatienceMs / 1000} s:\n${logTail(layout.logFile)}`)
    }
    await sleep(25)
  }
}

function spawnServer(layout: Layout, port: number, settings: Record<string, string>) {
  const tooLong = existsSync(layout.logFile) && statSync(layout.logFile).size > logBytesMax
  const log = openSync(layout.logFile, tooLong ? 'w' : 'a', 0o600)
  chmodSync(layout.logFile, 0o600)
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    ...logSettings,
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(
    path.join(layout.native, 'bin', 'postgres'),
    ['-D', layout.clusterDir, '-p', String(port), ...flags],
    {
      ...layout.osUser,
      cwd: layout.clusterDir,
      env: processEnvironment,
      // Its own process group: Ctrl-C in the terminal must reach Callboard first, which stops it in order.
      detached: true,
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  child.unref()
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  child.once('error', () => {
    exited = true
  })
  return { hasExited: () => exited }
}

async function accepts(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: userName,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  })
  // A server that is going down cuts the connection, and an event without a listener would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const state = sqlStateOf(error)
    if (state && state !== SQLSTATE.cannotConnectNow) throw error
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabaseOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

function logTail(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n').trim() : '(no log)'
}
