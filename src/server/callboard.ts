import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { checkDatabase } from '@/db/check-database'
import { migrateUp } from '@/db/migrate'
import { trustedPeers } from '@/lib/http/client-address'
import { createReceiver, openIngestDatabase } from '@/lib/llm-callbacks/receive/create-receiver'
import packageJson from '../../package.json' with { type: 'json' }
import { type ConsoleProcess, startConsoleProcess } from './console/console-process'
import { createConsoleProxy } from './console/console-proxy'
import { removeRunFile, writeRunFile } from './data-dir/run-file'
import { prepareFirstAdmin } from './first-admin'
import { closePatienceMs, createFrontDoor } from './front-door'
import { keepPostgresRunning } from './keep-postgres-running'
import { listen } from './listen'
import { type OpenPostgres, openPostgres } from './open-postgres'
import { migrationsFolder } from './project-root'
import { readinessOf } from './readiness'
import type { Settings } from './settings'
import { createShutdown, type Shutdown } from './shutdown'

export type Callboard = {
  /** Where it listens. */
  url: string
  publicUrl: string
  /** One-time link that creates the first admin; null once there is one. */
  setupLink: string | null
  /** Resolves when the console has come up for the first time; at once where none was asked for. */
  consoleUp: Promise<void>
  stop(): Promise<void>
}

type Options = {
  settings: Settings
  log: Logger
  withConsole: boolean
  dev: boolean
  /** Told what takes long, and what is dangerous, in words for a person. */
  onProgress: (message: string) => void
}

/**
 * Starts everything in the order in which it can be relied on: PostgreSQL, migrations, the checks of both, sources, then
 * the port, and last the console, which has loaded meanwhile. What was started before a failure is stopped again, and the failure is thrown.
 * The caller holds the lock of DATA_DIR.
 */
export async function startCallboard(options: Options): Promise<Callboard> {
  const shutdown = createShutdown(options.log)
  const consoleProcess = options.withConsole ? startConsoleProcess(options) : null
  try {
    return await start(options, { consoleProcess, shutdown })
  } catch (error) {
    await Promise.all([consoleProcess?.stop(), shutdown.run()])
    throw error
  }
}

type Started = { consoleProcess: ConsoleProcess | null; shutdown: Shutdown }

async function start(options: Options, { consoleProcess, shutdown }: Started): Promise<Callboard> {
  const { settings, log } = options
  const postgres = await openDatabaseServer(options, shutdown)
  const applied = await migrateUp(postgres.directUrl, migrationsFolder())
  if (applied.length > 0) log.info({ applied }, 'migrations applied')
  let publicUrl = new URL(settings.publicUrl ?? `http://localhost:${settings.port}`)
  const { db, context } = await openReceiver(options, { postgres, publicUrl: () => publicUrl.origin, shutdown })

  const proxyToken = randomBytes(32).toString('hex')
  const isTrustedPeer = trustedPeers(settings.trustedProxies)
  const proxy = consoleProcess
    ? createConsoleProxy({
        publicUrl: () => publicUrl,
        isTrustedPeer,
        consolePort: consoleProcess.port,
        proxyToken,
        log,
      })
    : null
  // Before the front door in this order, and so after it at the stop: what the console is asked for by then is answered.
  shutdown.add({
    name: 'console',
    patienceMs: 600,
    async run() {
      await consoleProcess?.stop()
      proxy?.close()
    },
  })
  const frontDoor = createFrontDoor({
    context,
    proxy,
    withUpgrades: options.dev,
    isReady: readinessOf(db),
    isTrustedPeer,
  })
  const port = await listen(frontDoor.server, settings)
  shutdown.add({ name: 'front door', patienceMs: closePatienceMs + 250, run: frontDoor.close })
  // Only now is the port known where the system chose it.
  if (!settings.publicUrl) publicUrl = new URL(`http://localhost:${port}`)
  const { origin } = publicUrl
  const setupLink = await prepareFirstAdmin(db, { settings, publicUrl: origin, log })
  consoleProcess?.configure(consoleVariables({ settings, postgres, publicUrl: origin, port, proxyToken }))
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
  writeRunFile(settings.dataDir, {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    version: packageJson.version,
    url,
    publicUrl: origin,
    databaseUrl: postgres.directUrl,
  })
  shutdown.add({ name: 'run file', patienceMs: 100, run: async () => removeRunFile(settings.dataDir) })
  log.info({ url, publicUrl: origin, version: packageJson.version }, 'listening')
  return {
    url,
    publicUrl: origin,
    setupLink,
    consoleUp: consoleProcess?.firstUp ?? Promise.resolve(),
    stop: () => shutdown.run(),
  }
}

async function openDatabaseServer(options: Options, shutdown: Shutdown): Promise<OpenPostgres> {
  const postgres = await openPostgres(options.settings, options.onProgress)
  const { embedded } = postgres
  if (embedded) {
    shutdown.add({ name: 'embedded PostgreSQL', patienceMs: Number.POSITIVE_INFINITY, run: embedded.stop })
    shutdown.add({ name: 'watch over PostgreSQL', patienceMs: 250, run: keepPostgresRunning(embedded, options.log) })
    options.log.info({ clusterDir: embedded.clusterDir }, 'embedded PostgreSQL is up')
  }
  return postgres
}

type ReceiverInput = { postgres: OpenPostgres; publicUrl: () => string; shutdown: Shutdown }

/** The pool, looked at before anything is acknowledged on its word, and what callbacks are received with. */
async function openReceiver({ settings, log, onProgress }: Options, { postgres, publicUrl, shutdown }: ReceiverInput) {
  const isEmbedded = postgres.embedded !== null
  const db = openIngestDatabase(postgres.url, log, { isDirect: isEmbedded })
  shutdown.add({ name: 'database connections', patienceMs: 250, run: () => db.$client.end() })
  const { acceptsAsynchronousCommit } = settings
  const warnings = await checkDatabase(db, { isEmbedded, acceptsAsynchronousCommit })
  for (const warning of warnings) {
    log.warn(warning)
    onProgress(warning)
  }
  const context = await createReceiver(db, { ...settings, publicUrl, isDirect: isEmbedded }, log)
  // By then every sender has its answer; what a frozen database still holds may be stored later, and is then a duplicate.
  shutdown.add({ name: 'sources and counts', patienceMs: 250, run: context.close })
  shutdown.add({ name: 'recorder', patienceMs: 250, run: () => context.recorder.drain() })
  return { db, context }
}

type ConsoleInput = { settings: Settings; postgres: OpenPostgres; publicUrl: string; port: number; proxyToken: string }

function consoleVariables({ settings, postgres, publicUrl, port, proxyToken }: ConsoleInput): Record<string, string> {
  return {
    HOST: settings.host,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: postgres.url,
    DATABASE_DIRECT_URL: postgres.directUrl,
    CALLBOARD_SECRET: settings.callboardSecret,
    LLM_WEBHOOK_SECRET: JSON.stringify(settings.webhookSecrets),
    CALLBOARD_PROXY_TOKEN: proxyToken,
    // Where Next asks itself, with the visitor's cookie, after an action: without it that is whoever listens on port 3000.
    __NEXT_PRIVATE_ORIGIN: `http://127.0.0.1:${port}`,
  }
}
