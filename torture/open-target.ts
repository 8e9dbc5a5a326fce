import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { keepSecret, secretFiles } from '@/server/data-dir/kept-secret'
import { keepPostgresRunning } from '@/server/keep-postgres-running'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { prepareLayout } from '@/server/postgres/layout'
import { findPostmaster, stopPostmaster } from '@/server/postgres/postmaster'
import { onExit } from './on-exit'
import { relayTo } from './relay'

export const modes = ['embedded', 'replicas'] as const
/** One Callboard that runs its own PostgreSQL, or two that share one. */
export type Mode = (typeof modes)[number]

const stopPatienceMs = 15_000

/** The PostgreSQL under torture, and what a Callboard needs in its environment to use it. */
export type Target = {
  clusterDir: string
  /** Leads to it wherever it comes up again. */
  url: string
  variables: Record<string, string>
  close(): Promise<void>
}

/** The first is also where the embedded PostgreSQL lives, whoever runs it. */
export function dataDirs(folder: string): [string, string] {
  return [path.join(folder, 'data-1'), path.join(folder, 'data-2')]
}

/**
 * Makes ready what is to be tormented: with one Callboard a folder in which it will run PostgreSQL itself, else a PostgreSQL that
 * is kept running here and that all replicas are told of.
 */
export async function openTarget(mode: Mode, folder: string): Promise<Target> {
  const [dataDir] = dataDirs(folder)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secrets = { CALLBOARD_SECRET: newSecret(), LLM_WEBHOOK_SECRET: newSecret() }
  const password = keepSecret(dataDir, secretFiles.postgres)
  const { clusterDir } = prepareLayout(dataDir)
  const relay = await relayTo(() => findPostmaster(clusterDir)?.port ?? null)
  const url = `postgres://callboard:${password}@127.0.0.1:${relay.port}/callboard`
  // The last resort of a run that was cut short; one that ends in order has stopped it by then.
  onExit(() => {
    const postmaster = findPostmaster(clusterDir)
    if (postmaster) process.kill(postmaster.pid, 'SIGQUIT')
  })
  const stop = () => (existsSync(clusterDir) ? stopPostmaster(clusterDir, stopPatienceMs) : Promise.resolve())
  if (mode === 'embedded') {
    return {
      clusterDir,
      url,
      variables: secrets,
      async close() {
        relay.close()
        await stop()
      },
    }
  }
  const postgres = await startEmbeddedPostgres({ dataDir, password })
  const letGo = keepPostgresRunning(postgres, pino({ level: 'silent' }))
  return {
    clusterDir,
    url,
    variables: { ...secrets, DATABASE_URL: postgres.url },
    async close() {
      relay.close()
      await letGo()
      await stop()
    },
  }
}

function newSecret(): string {
  return randomBytes(32).toString('hex')
}
