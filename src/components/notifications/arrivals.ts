import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** What comes within this time of the first is told together. */
const collectMs = 300
const keptIn = 'callboard.untold'

type Arrivals = { callbacks: LLMCallbackSummary[]; wasAway: boolean }

/**
 * Collects callbacks for 300 ms and tells them together. A page that is left before that keeps them for the next one of
 * this tab, since the cursor of the feed has passed them. Ends with the signal.
 */
export function collectArrivals(
  tell: (callbacks: readonly LLMCallbackSummary[], wasAway: boolean) => void,
  signal: AbortSignal,
): (callbacks: readonly LLMCallbackSummary[], wasAway: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: Arrivals = takeKept()

  function tellNow(): void {
    timer = undefined
    const { callbacks, wasAway } = waiting
    waiting = { callbacks: [], wasAway: false }
    tell(callbacks, wasAway)
  }

  window.addEventListener('pagehide', () => keep(waiting), { signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  if (waiting.callbacks.length > 0) timer = setTimeout(tellNow, collectMs)
  return (callbacks, wasAway) => {
    if (callbacks.length === 0) return
    waiting = { callbacks: [...waiting.callbacks, ...callbacks], wasAway: waiting.wasAway || wasAway }
    timer ??= setTimeout(tellNow, collectMs)
  }
}

function keep(arrivals: Arrivals): void {
  if (arrivals.callbacks.length === 0) return
  try {
    sessionStorage.setItem(keptIn, JSON.stringify(arrivals))
  } catch {
    // A browser that refuses storage tells of them by the counts alone.
  }
}

function takeKept(): Arrivals {
  try {
    const kept = sessionStorage.getItem(keptIn)
    sessionStorage.removeItem(keptIn)
    return kept === null ? { callbacks: [], wasAway: false } : (JSON.parse(kept) as Arrivals)
  } catch {
    return { callbacks: [], wasAway: false }
  }
}
