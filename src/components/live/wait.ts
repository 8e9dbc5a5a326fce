const retryEvent = 'callboard:retry'

/** Ends the pause before the next try at once. */
export function retryNow(): void {
  window.dispatchEvent(new Event(retryEvent))
}

/** After so long; sooner when the network comes or goes, or somebody asks. */
export function whenRetried(ms: number, signal: AbortSignal): Promise<void> {
  return firstOf(['online', 'offline', retryEvent], signal, ms)
}

export function whenOnline(signal: AbortSignal): Promise<void> {
  return firstOf(['online'], signal)
}

/** Resolves at the first of these events, after `ms`, or when aborted. */
function firstOf(events: readonly string[], signal: AbortSignal, ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController()
    const timer = ms === undefined ? undefined : setTimeout(end, ms)
    function end() {
      clearTimeout(timer)
      stop.abort()
      resolve()
    }
    for (const event of events) window.addEventListener(event, end, { signal: stop.signal })
    signal.addEventListener('abort', end, { signal: stop.signal })
    if (signal.aborted) end()
  })
}
