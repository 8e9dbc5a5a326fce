import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLineOf } from '../process-identity'

/** What a PostgreSQL server wrote into its data directory about itself. */
export type Postmaster = { pid: number; port: number }

/**
 * The server that runs on this data directory now, if one does (it may be one that outlived a killed Callboard). After a
 * crash of the machine its file may name a process that is somebody else's by now: that is none, and never signalled.
 */
export function findPostmaster(clusterDir: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return pid > 0 && port > 0 && isPostmaster(pid, clusterDir) ? { pid, port } : null
}

function isPostmaster(pid: number, clusterDir: string): boolean {
  const commandLine = commandLineOf(pid)
  return commandLine.includes('postgres') && commandLine.includes(` -D ${clusterDir} `)
}

/**
 * Fast shutdown: open transactions are rolled back. What remains of `patienceMs` is for the immediate one, which loses
 * nothing either and recovers at the next start. A server that not even that ends (it is frozen) is left behind.
 */
export async function stopPostmaster(clusterDir: string, patienceMs: number): Promise<void> {
  const postmaster = findPostmaster(clusterDir)
  if (!postmaster) return
  signal(postmaster.pid, 'SIGINT')
  if (await isGone(postmaster.pid, clusterDir, patienceMs * 0.75)) return
  signal(postmaster.pid, 'SIGQUIT')
  await isGone(postmaster.pid, clusterDir, patienceMs * 0.25)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already.
  }
}

async function isGone(pid: number, clusterDir: string, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (isPostmaster(pid, clusterDir)) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}
