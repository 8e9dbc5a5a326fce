// How many of N starts on a DATA_DIR that is in use are refused, several of them at once, while the first one goes on.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { rootHome } from '@/server/postgres/layout'
import { projectRoot } from '@/server/project-root'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100' }, 'at-once': { type: 'string', default: '5' } },
})
const count = Number(values.count)
const atOnce = Number(values['at-once'])

const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-second-start-'))

/** `callboard start --no-console` on the one DATA_DIR; every other port is free. */
function start(): { child: ChildProcess; output: () => string } {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', DATABASE_URL: '' }
  const child = spawn(process.execPath, [path.join('dist', 'cli.js'), 'start', '--no-console'], {
    cwd: projectRoot(),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  return { child, output: () => output }
}

async function isRefused(pid: number): Promise<boolean> {
  const { child, output } = start()
  const [code] = await once(child, 'close')
  return code === 1 && output().includes(`in use by process ${pid}`)
}

async function whenReady({ child, output }: ReturnType<typeof start>): Promise<void> {
  while (!output().includes('Callboard is ready.')) {
    if (child.exitCode !== null) throw new Error(`the first start failed:\n${output()}`)
    await Promise.race([once(child.stderr ?? child, 'data'), once(child, 'exit')])
  }
}

const first = start()
try {
  await whenReady(first)
  let refused = 0
  for (let begun = 0; begun < count; begun += atOnce) {
    const size = Math.min(atOnce, count - begun)
    const outcomes = await Promise.all(Array.from({ length: size }, () => isRefused(first.child.pid ?? 0)))
    refused += outcomes.filter(Boolean).length
  }
  const isAlive = first.child.exitCode === null && first.child.signalCode === null
  process.stdout.write(`${refused} of ${count} second starts refused; the first one ${isAlive ? 'runs on' : 'ENDED'}\n`)
  if (refused !== count || !isAlive) process.exitCode = 1
} finally {
  first.child.kill('SIGTERM')
  if (first.child.exitCode === null) await once(first.child, 'exit')
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(rootHome(dataDir), { recursive: true, force: true })
}
