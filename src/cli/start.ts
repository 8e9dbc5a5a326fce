import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { type Environment, readEnvironment } from '@/env'
import { createLog } from '@/lib/log/create-log'
import { type Callboard, startCallboard } from '@/server/callboard'
import { lockDataDir } from '@/server/data-dir/lock'
import { completeSettings, type Settings } from '@/server/settings'
import { printError } from './failure'

/** Webhooks are taken long before; a link that leads to a page that is not there yet helps nobody. */
const consolePatienceMs = 60_000

const repeatedSignalMs = 2_000

type StartOptions = { console: boolean; dev?: boolean }

/** `callboard start`: runs the front door, the console and, without DATABASE_URL, PostgreSQL until SIGTERM or SIGINT. */
export function startCommand(): Command {
  return new Command('start')
    .description('run Callboard: webhooks, console and (without DATABASE_URL) PostgreSQL')
    .option('--no-console', 'run the front door alone')
    .option('--dev', 'run the console in development mode, reloading as its sources change')
    .action(start)
}

async function start(options: StartOptions): Promise<void> {
  const withConsole = options.console
  await runCallboard(readEnvironment(), {
    withConsole,
    dev: options.dev ?? false,
    welcome: (callboard, settings) => welcome(callboard, settings, withConsole),
  })
}

type RunOptions = {
  withConsole: boolean
  dev: boolean
  /** Before anything is started, with the lock of DATA_DIR held. */
  prepare?: (settings: Settings, log: Logger) => Promise<void>
  /** What a person should know once it runs. */
  welcome: (callboard: Callboard, settings: Settings) => string
}

/** Starts Callboard, says how to reach it, and stops it in order at SIGTERM or SIGINT. */
export async function runCallboard(
  environment: Environment,
  { withConsole, dev, prepare, welcome }: RunOptions,
): Promise<Callboard> {
  collectLessOften()
  const release = lockDataDir(path.resolve(environment.dataDir))
  const log = createLog(environment.logLevel, 'callboard')
  try {
    const settings = completeSettings(environment)
    await prepare?.(settings, log)
    const starting = startCallboard({ settings, log, withConsole, dev, onProgress: printError })
    // From here on, for what a start has begun must be undone: PostgreSQL would outlive us.
    stopOnSignal(async (signal) => {
      log.info({ signal }, 'stopping')
      await starting.then((callboard) => callboard.stop()).catch(() => {})
      release()
      log.info('stopped')
    })
    const callboard = await starting
    const isConsoleUp = await Promise.race([
      callboard.consoleUp.then(() => true),
      sleep(consolePatienceMs, false, { ref: false }),
    ])
    const heading = isConsoleUp
      ? 'Callboard is ready.'
      : 'Callboard takes webhooks, but its console is not up yet: see the log.'
    printError(`\n${heading}\n\n${welcome(callboard, settings)}\n`)
    return callboard
  } catch (error) {
    release()
    log.fatal({ err: error }, 'not started')
    throw error
  }
}

/**
 * Has V8 mark its heap, some 20 MB, every seven seconds at 500 callbacks a second instead of each: it takes a heap that small for full when
 * as much is free as its young generation holds (docs/performance.md).
 */
function collectLessOften(): void {
  // Four times what lives, which is the most that V8 chooses itself. Read anew at each collection, unlike other flags: one that is changed
  // while the heap is being marked ends the process.
  setFlagsFromString('--heap-growing-percent=300')
}

/**
 * The first signal stops in order; a later one means that somebody does not want to wait. One that follows at once is the
 * same wish told twice: a terminal and a service manager signal the whole group, and npm passes its own on.
 */
function stopOnSignal(stop: (signal: string) => Promise<void>): void {
  let firstAt: number | null = null
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (firstAt === null) {
        firstAt = performance.now()
        void stop(signal).then(() => process.exit(0))
      } else if (performance.now() - firstAt > repeatedSignalMs) {
        process.exit(1)
      }
    })
  }
}

function welcome({ publicUrl, setupLink }: Callboard, settings: Settings, withConsole: boolean): string {
  const lines: [string, string][] = []
  if (withConsole) lines.push(setupLink ? ['First admin', setupLink] : ['Console', publicUrl])
  lines.push(['Webhook URL', `${publicUrl}/api/webhooks/llm-callback`])
  lines.push(['Secret', settings.webhookSecretFile ?? 'as set in LLM_WEBHOOK_SECRET'])
  lines.push(['First callback', 'npm run send -- --workflow emergency_contacts'])
  return lines.map(([name, value]) => `  ${name.padEnd(16)}${value}`).join('\n')
}
