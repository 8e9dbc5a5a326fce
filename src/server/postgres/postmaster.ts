import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a PostgreSQL server wrote into its data directory about itself. */
export type Postmaster = { pid: number; port: number }

/** The server that runs on this data directory now, if one does (it may be one that outlived a killed Callboard). */
export function findPostmaster(clusterDir: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : null
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Fast shutdown: open transactions are rolled back. After `patienceMs` the immediate one, which recovers at the next start. */
export async function stopPostmaster(clusterDir: string, patienceMs: number): Promise<void> {
  const postmaster = findPostmaster(clusterDir)
  if (!postmaster) return
  signal(postmaster.pid, 'SIGINT')
  if (await isGone(postmaster.pid, patienceMs)) return
  signal(postmaster.pid, 'SIGQUIT')
  await isGone(postmaster.pid, 5_000)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already.
  }
}

async function isGone(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}
