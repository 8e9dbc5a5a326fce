import { execFileSync } from 'node:child_process'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '@/server/free-port'
import { projectRoot } from '@/server/project-root'
import { type Started, startProcess } from '../../tests/e2e/support/process'
import type { ClosedInput, ClosedResult } from '../senders/closed'
import type { InsertsInput } from '../senders/inserts'
import type { BenchCallboard } from '../support/callboard'
import { startSender } from '../support/sender'

export type Load = Pick<ClosedInput, 'connections' | 'bodyBytes' | 'warmUpSeconds' | 'seconds'>

export type Contender = {
  name: string
  what: string
  run: (load: Load) => Promise<ClosedResult>
}

/** PostgreSQL does not get faster by more clients than this, only by larger batches. */
const clientsMax = 64
const copySchema = 'bench'

/**
 * Makes the table that everyone but Callboard inserts into: the same columns, checks and indexes in the same database,
 * without the trigger that puts the feed in order.
 * @returns where it is found under the name of the original.
 */
async function makeCopy(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`drop schema if exists ${copySchema} cascade`)
  await client.query(`create schema ${copySchema}`)
  await client.query(`create table ${copySchema}.llm_callbacks (like public.llm_callbacks including all)`)
  await client.end()
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${copySchema}`)
  return url.href
}

/** All of them on one PostgreSQL, as processes of their own. */
export async function startContenders(callboard: BenchCallboard, say: (text: string) => void) {
  const { secret } = callboard
  const copyUrl = await makeCopy(callboard.databaseUrl)
  const started: Started[] = []
  const nextBinary = path.join(projectRoot(), 'node_modules', 'next', 'dist', 'bin', 'next')
  const nextApp = path.join(projectRoot(), 'bench', 'ingest', 'next-route')
  const env = {
    NODE_ENV: 'production',
    BENCH_DATABASE_URL: copyUrl,
    BENCH_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: '1',
  }

  async function start(parameters: (port: string) => string[], ready: string): Promise<number> {
    const port = await freePort()
    const server = startProcess(process.execPath, parameters(String(port)), { cwd: projectRoot(), env })
    started.push(server)
    await server.waitFor(ready, 60_000)
    return port
  }
  const handwritten = path.join('dist', 'bench', 'ingest', 'handwritten-server.js')
  const startHandwritten = (does: string) => start((port) => [handwritten, does, port, secret, copyUrl], 'listening')
  const closedOn = (port: number) => async (load: Load) =>
    (await startSender<ClosedInput, ClosedResult>({ name: 'closed', input: { port, secret, ...load } })).run()

  say('building the route of the contender a')
  execFileSync(process.execPath, [nextBinary, 'build', nextApp, '--webpack'], {
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    stdio: 'pipe',
  })
  const next = await start((port) => [nextBinary, 'start', nextApp, '-p', port, '-H', '127.0.0.1'], 'Ready in')
  const contenders: Contender[] = [
    { name: 'a', what: 'a Next route, Drizzle, one INSERT each', run: closedOn(next) },
    {
      name: 'b',
      what: 'node:http, Drizzle, one INSERT each',
      run: closedOn(await startHandwritten('stores')),
    },
    { name: 'c', what: 'Callboard', run: closedOn(callboard.port) },
    {
      name: 'd',
      what: 'node:http, verifies and parses, stores nothing',
      run: closedOn(await startHandwritten('verifies')),
    },
    { name: 'hello', what: 'node:http, only answers', run: closedOn(await startHandwritten('hello')) },
    {
      name: 'e',
      what: 'PostgreSQL itself, single-row INSERTs',
      run: async ({ connections, ...load }) => {
        const input = { connectionString: copyUrl, clients: Math.min(clientsMax, connections), ...load }
        return (await startSender<InsertsInput, ClosedResult>({ name: 'inserts', input })).run()
      },
    },
  ]
  return {
    contenders,
    async stop() {
      for (const server of started) await server.stop()
    },
  }
}
