import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPostmaster } from '@/server/postgres/postmaster'
import { between, type Random } from './random'

const crashIntervalMs = 6_000
const freezeShare = 0.35
const freezeMsMin = 800
const freezeMsMax = 2_500
/** Only a crash in the midst of acknowledgements can lose one; the others meet Callboard while it is away or starts. */
const busyCrashShare = 0.8
const busyPatienceMs = 3_000
const busyStepMs = 20

export type Disturbances = { crashes: number; freezes: number }

/**
 * Stops PostgreSQL as `pg_ctl stop -m immediate` does about every 6 s (whoever keeps it running starts it again, and it
 * recovers), mostly while callbacks are being acknowledged, and freezes all of its processes now and then in between. Leaves it
 * unfrozen.
 */
export async function disturbPostgres(input: {
  clusterDir: string
  random: Random
  counts: Disturbances
  /** How many callbacks have been acknowledged so far. */
  acknowledged: () => number
  signal: AbortSignal
}): Promise<void> {
  const { clusterDir, random, counts, acknowledged, signal } = input
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {})
  while (!signal.aborted) {
    await pause((crashIntervalMs / 2) * between(random, 0.8, 1.2))
    if (!signal.aborted && random() < freezeShare) {
      const frozen = freeze(clusterDir)
      await pause(between(random, freezeMsMin, freezeMsMax))
      for (const pid of frozen) signalIfThere(pid, 'SIGCONT')
      if (frozen.length > 0) counts.freezes += 1
    }
    await pause((crashIntervalMs / 2) * between(random, 0.8, 1.2))
    if (random() < busyCrashShare) await untilBusy(acknowledged, signal)
    const postmaster = signal.aborted ? null : findPostmaster(clusterDir)
    if (postmaster && signalIfThere(postmaster.pid, 'SIGQUIT')) counts.crashes += 1
  }
}

/** Resolves when callbacks are being acknowledged, and if none are in 3 s. */
async function untilBusy(acknowledged: () => number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + busyPatienceMs
  let before: number
  do {
    before = acknowledged()
    await sleep(busyStepMs, undefined, { signal }).catch(() => {})
  } while (acknowledged() === before && performance.now() < deadline && !signal.aborted)
}

/** Stops the postmaster first, so that it makes no further backend; returns who was stopped, in the order to wake them. */
function freeze(clusterDir: string): number[] {
  const postmaster = findPostmaster(clusterDir)
  if (!postmaster || !signalIfThere(postmaster.pid, 'SIGSTOP')) return []
  const children = childrenOf(postmaster.pid)
  return [...children.filter((pid) => signalIfThere(pid, 'SIGSTOP')), postmaster.pid]
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .map(Number)
      .filter((child) => child > 0)
  } catch {
    return []
  }
}

function signalIfThere(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
