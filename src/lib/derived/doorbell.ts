type Wait = { after: number; timeoutMs: number; signal: AbortSignal }

export type Doorbell = {
  ring: () => void
  /** How often it rang by now. */
  rings: () => number
  /** Resolves when it has rung more often than `after`, at once where it already has; or when time is up, or at the signal. */
  next: (wait: Wait) => Promise<void>
}

/** Wakes everybody who waits, and does not let a ring get lost between looking and waiting. */
export function createDoorbell(): Doorbell {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    ring() {
      count++
      for (const wake of waiting) wake()
    },
    rings: () => count,
    next({ after, timeoutMs, signal }) {
      if (count > after || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, timeoutMs)
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    },
  }
}
