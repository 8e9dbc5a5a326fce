import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { processNamespace, startTimeOf } from '../process-identity'

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

const holderSchema = z.object({ pid: z.number().int(), startedAt: z.string(), namespace: z.string() })
type Holder = z.infer<typeof holderSchema>

const fileName = 'lock'
/** A take-over lasts microseconds; one that is this old was cut short by a crash. */
const takeOverMsMax = 5_000
const heartbeatMs = 1_000
/** In another container the holder's process can't be seen: it is alive as long as it touches its file. */
const heartbeatMsMax = 10_000

/**
 * Makes this process the only Callboard on `dataDir`, or says which process is. The lock is a file that names its holder
 * by id and start time, since ids are used again; one left by a killed process is taken over. Makes the folder (0700).
 * @returns releases it.
 * @throws DataDirInUseError
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, fileName)
  const mine = path.join(dataDir, `${fileName}.${process.pid}`)
  const self: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '', namespace: processNamespace() }
  writeFileSync(mine, JSON.stringify(self), { mode: 0o600 })
  try {
    if (!tryLink(mine, file)) takeOver({ dataDir, file, mine })
  } finally {
    rmSync(mine, { force: true })
  }
  const heartbeat = setInterval(() => touch(file), heartbeatMs).unref()
  return () => {
    clearInterval(heartbeat)
    rmSync(file, { force: true })
  }
}

/** The process that holds the lock of `dataDir` now; null when none does. */
export function findHolder(dataDir: string): number | null {
  const file = path.join(dataDir, fileName)
  const holder = readHolder(file)
  return holder && isAlive(holder, file) ? holder.pid : null
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.namespace === processNamespace()) return startTimeOf(holder.pid) === holder.startedAt
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > Date.now() - heartbeatMsMax
}

/** Creates the lock with its content in one step; false when it is there. */
function tryLink(mine: string, file: string): boolean {
  return unlessItExists(() => linkSync(mine, file))
}

/** One at a time looks whether the holder is gone: two that both saw a stale lock could remove each other's new one. */
function takeOver({ dataDir, file, mine }: { dataDir: string; file: string; mine: string }): void {
  const guard = path.join(dataDir, `${fileName}.takeover`)
  const inUse = () => new DataDirInUseError(dataDir, readHolder(file)?.pid ?? 0)
  const makeGuard = () => unlessItExists(() => mkdirSync(guard))
  if (!makeGuard()) {
    const isStale = (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - takeOverMsMax
    if (isStale) rmSync(guard, { recursive: true, force: true })
    if (!isStale || !makeGuard()) throw inUse()
  }
  try {
    const holder = readHolder(file)
    if (holder && isAlive(holder, file)) throw inUse()
    rmSync(file, { force: true })
    if (!tryLink(mine, file)) throw inUse()
  } finally {
    rmdirSync(guard)
  }
}

function unlessItExists(make: () => void): boolean {
  try {
    make()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder was removed under us; there is nothing left to guard.
  }
}
