import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readRunFile } from '@/server/data-dir/run-file'
import { freePort } from '@/server/free-port'
import { rootHome } from '@/server/postgres/layout'
import { projectRoot } from '@/server/project-root'
import { startProcess } from '../../tests/e2e/support/process'

export type BenchCallboard = {
  /** Of the front door. */
  pid: number
  port: number
  secret: string
  databaseUrl: string
  admin: { email: string; password: string }
  /** Ends it and keeps its data. */
  stop(): Promise<void>
  remove(): Promise<void>
}

type Options = { dataDir?: string; withConsole?: boolean; variables?: Record<string, string> }

export const newDataDir = () => mkdtempSync(path.join(tmpdir(), 'callboard-bench-'))

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(rootHome(dataDir), { recursive: true, force: true })
}

/** `callboard start` as it is built, without the console unless asked for, on an embedded database of its own with fsync on. */
export async function startBenchCallboard(options: Options = {}): Promise<BenchCallboard> {
  const { dataDir = newDataDir(), withConsole = false, variables = {} } = options
  const port = await freePort()
  const secret = 'a secret that only the measurements know'
  const admin = { email: 'ana@example.com', password: 'a password that only the measurements know' }
  const parameters = ['dist/cli.js', 'start', ...(withConsole ? [] : ['--no-console'])]
  const server = startProcess(process.execPath, parameters, {
    cwd: projectRoot(),
    env: {
      DATA_DIR: dataDir,
      PORT: String(port),
      LLM_WEBHOOK_SECRET: secret,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'warn',
      DATABASE_URL: undefined,
      NODE_ENV: 'production',
      ...variables,
    },
  })
  await server.waitFor('Callboard is ready.', 60_000)
  const running = readRunFile(dataDir)
  if (!running) throw new Error(`nothing runs on ${dataDir}`)
  const stop = async () => void (await server.stop())
  return {
    pid: running.pid,
    port,
    secret,
    databaseUrl: running.databaseUrl,
    admin,
    stop,
    async remove() {
      await stop()
      removeDataDir(dataDir)
    },
  }
}
