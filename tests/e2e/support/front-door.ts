import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@/server/free-port'
import { webhookSecret } from '../../support/webhook-bodies'
import { type Started, startProcess } from './process'

const root = path.resolve(import.meta.dirname, '../../..')

/** What every replica on one database must share. */
export const callboardSecret = 'a secret of Callboard’s own, for tests'

export type RunningFrontDoor = {
  port: number
  url: string
  dataDir: string
  process: Started
  /** Starts it again on the same port and DATA_DIR, after it has ended. */
  restart(): Promise<void>
  remove(): Promise<void>
}

type Options = { variables?: Record<string, string>; withConsole?: boolean }

/** Runs a `callboard start` that is not waited for. It listens on `port`. */
export function launchCallboard(databaseUrl: string, port: number, dataDir: string, options: Options = {}): Started {
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    CALLBOARD_SECRET: callboardSecret,
    LLM_WEBHOOK_SECRET: JSON.stringify([webhookSecret]),
    ...options.variables,
  }
  const parameters = ['dist/cli.js', 'start', ...(options.withConsole ? [] : ['--no-console'])]
  return startProcess(process.execPath, parameters, { cwd: root, env })
}

/** The built product as a replica: `callboard start --no-console` on a database of the test's. */
export async function startFrontDoor(databaseUrl: string, options: Options = {}): Promise<RunningFrontDoor> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-e2e-'))
  const port = await freePort()
  const launch = async () => {
    const started = launchCallboard(databaseUrl, port, dataDir, options)
    await started.waitFor('Callboard is ready.', 60_000)
    return started
  }
  const running: RunningFrontDoor = {
    port,
    url: `http://127.0.0.1:${port}`,
    dataDir,
    process: await launch(),
    async restart() {
      running.process = await launch()
    },
    async remove() {
      await running.process.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return running
}
