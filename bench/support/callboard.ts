import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readRunFile } from '@/server/data-dir/run-file'
import { freePort } from '@/server/free-port'
import { rootHome } from '@/server/postgres/layout'
import { projectRoot } from '@/server/project-root'
import { startProcess } from '../../tests/e2e/support/process'

export type BenchCallboard = { port: number; secret: string; databaseUrl: string; remove(): Promise<void> }

/** `callboard start --no-console` as it is built, on an embedded database of its own with fsync on. */
export async function startBenchCallboard(): Promise<BenchCallboard> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'))
  const port = await freePort()
  const secret = 'a secret that only the measurements know'
  const server = startProcess(process.execPath, ['dist/cli.js', 'start', '--no-console'], {
    cwd: projectRoot(),
    env: {
      DATA_DIR: dataDir,
      PORT: String(port),
      LLM_WEBHOOK_SECRET: secret,
      LOG_LEVEL: 'warn',
      DATABASE_URL: undefined,
      NODE_ENV: 'production',
    },
  })
  await server.waitFor('Callboard is ready.', 60_000)
  const databaseUrl = readRunFile(dataDir)?.databaseUrl
  if (!databaseUrl) throw new Error(`nothing runs on ${dataDir}`)
  return {
    port,
    secret,
    databaseUrl,
    async remove() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(rootHome(dataDir), { recursive: true, force: true })
    },
  }
}
