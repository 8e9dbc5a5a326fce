import { printError } from './failure'
import { formatCount } from './format-count'

const intervalMs = 1_000

/** Says how far a long command has come, a line a second at most; a short one is silent. */
export function sayProgress(what: string): (count: number) => void {
  let saidAt: number | null = null
  return (count) => {
    const now = performance.now()
    saidAt ??= now
    if (now - saidAt < intervalMs) return
    saidAt = now
    printError(`${formatCount(count)} ${what}`)
  }
}
