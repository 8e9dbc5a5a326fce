import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from '../postgres/postmaster'

/** Another Callboard runs on this DATA_DIR. */
export class DataDirInUseError extends Error {
  override name = 'DataDirInUseError'
  constructor(
    dataDir: string,
    readonly holderPid: number,
  ) {
    super(`${dataDir} is in use by process ${holderPid}. Stop it first, or set another DATA_DIR.`)
  }
}

type Holder = { pid: number; startedAt: string }

/** A take-over lasts microseconds; one that is this old was cut short by a crash. */
const takeOverMsMax = 5_000

/**
 * Makes this process the only Callboard on `dataDir`, or says which process is. The lock is a file that names its holder
 * by id and start time, since ids are used again; one left by a killed process is taken over.
 * @returns releases it.
 * @throws DataDirInUseError
 */
export function lockDataDir(dataDir: string): () => void {
  const file = path.join(dataDir, 'lock')
  const mine = path.join(dataDir, `lock.${process.pid}`)
  const self: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '' }
  writeFileSync(mine, JSON.stringify(self), { mode: 0o600 })
  try {
    if (!tryLink(mine, file)) takeOver({ dataDir, file, mine })
  } finally {
    rmSync(mine, { force: true })
  }
  return () => rmSync(file, { force: true })
}

/** Creates the lock with its content in one step; false when it is there. */
function tryLink(mine: string, file: string): boolean {
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** One at a time looks whether the holder is gone: two that both saw a stale lock could remove each other's new one. */
function takeOver({ dataDir, file, mine }: { dataDir: string; file: string; mine: string }): void {
  const guard = path.join(dataDir, 'lock.takeover')
  if (!tryMakeDirectory(guard)) {
    const isStale = (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - takeOverMsMax
    if (isStale) rmSync(guard, { recursive: true, force: true })
    if (!isStale || !tryMakeDirectory(guard)) throw new DataDirInUseError(dataDir, readHolder(file)?.pid ?? 0)
  }
  try {
    const holder = readHolder(file)
    if (holder && isAlive(holder.pid) && startTimeOf(holder.pid) === (holder.startedAt || null)) {
      throw new DataDirInUseError(dataDir, holder.pid)
    }
    rmSync(file, { force: true })
    if (!tryLink(mine, file)) throw new DataDirInUseError(dataDir, readHolder(file)?.pid ?? 0)
  } finally {
    rmdirSync(guard)
  }
}

function tryMakeDirectory(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | null {
  try {
    const holder: Holder = JSON.parse(readFileSync(file, 'utf8'))
    return typeof holder.pid === 'number' ? holder : null
  } catch {
    return null
  }
}

/** When a process began, as the system counts it; null where that can't be told. */
function startTimeOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
    }
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name, in parentheses, may hold anything; the start time is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot} ${ticks}`
  } catch {
    return null
  }
}
