import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { childVariables } from '@/env'
import { freePort } from '@/server/free-port'
import { startEmbeddedPostgres } from '@/server/postgres/embedded-postgres'
import { rootHome } from '@/server/postgres/layout'
import type { FuzzTarget } from './target'

/** What is asked is what is stored, not whether it outlives a power cut: without fsync the disk's moods make no 503. */
const postgresSettings = { fsync: 'off', max_wal_size: '4GB', shared_buffers: '256MB' }
const startMsMax = 60_000

/**
 * Starts the product as it is built (`callboard start --no-console`) on a PostgreSQL and a DATA_DIR of its own.
 * `stop` takes both away again.
 */
export async function startCallboard(root: string): Promise<FuzzTarget & { stop(): Promise<void> }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-fuzz-'))
  const undo: (() => unknown)[] = [
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => rmSync(rootHome(dataDir), { recursive: true, force: true }),
  ]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir,
      password: randomBytes(16).toString('hex'),
      settings: postgresSettings,
    })
    undo.push(() => postgres.stop())
    const secrets = { first: randomBytes(32).toString('hex'), other: randomBytes(32).toString('hex') }
    const port = await freePort()
    const server = startServer(root, {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      DATABASE_DIRECT_URL: postgres.url,
      CALLBOARD_SECRET: randomBytes(32).toString('hex'),
      LLM_WEBHOOK_SECRET: JSON.stringify([secrets.first, secrets.other]),
      ADMIN_EMAIL: '',
      ADMIN_PASSWORD: '',
      MAX_BODY_BYTES: '',
      LOG_LEVEL: 'info',
    })
    undo.push(server.stop)
    await server.listening
    const database = new pg.Pool({ connectionString: postgres.url, max: 2 })
    undo.push(() => database.end())
    return { port, secrets, database, takeComplaints: server.takeComplaints, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function startServer(root: string, variables: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/cli.js', 'start', '--no-console'], {
    cwd: root,
    env: childVariables(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C must reach the fuzzer alone, which ends its round before it stops the server.
    detached: true,
  })
  const exited = once(child, 'exit')
  const complaints: string[] = []
  let isStopping = false
  child.once('exit', (code, signal) => {
    if (!isStopping) complaints.push(`the server ended with ${signal ?? code}`)
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk}`.slice(-4_000)
  })
  const listening = new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`Callboard did not start:\n${complaints.join('\n')}\n${words}`))
    const timer = setTimeout(fail, startMsMax)
    child.once('exit', fail)
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/"level":"(error|fatal)"/.test(line)) complaints.push(`the server logged ${line.slice(0, 1_500)}`)
      if (!line.includes('"msg":"listening"')) return
      clearTimeout(timer)
      resolve()
    })
  })
  return {
    listening,
    takeComplaints: () => complaints.splice(0),
    async stop() {
      isStopping = true
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}
