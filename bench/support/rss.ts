import { readFileSync } from 'node:fs'

/** What Linux holds in memory of a process, in MB. */
export function rssMB(pid: number): number {
  const kB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN)
  return Math.round((kB * 1_024) / 1_000_000)
}
