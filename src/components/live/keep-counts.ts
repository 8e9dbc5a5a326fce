import type { Attention } from '@/lib/llm-callbacks/attention-schemas'
import type { RecentCallbacks } from '@/lib/llm-callbacks/check-schemas'
import type { MatchCount } from '@/lib/llm-callbacks/count-schemas'
import { fetchJson } from '../data/fetch-json'
import { onLiveEvent } from './live-events'
import { setLiveStatus } from './live-status'

/** Callbacks and marks come in bursts; one count answers for a whole burst, and a long one is counted now and then. */
const countDelayMs = 250
/** What a reader marks is announced before the server has it, so it is counted once more when that has it for sure. */
const recountDelayMs = 2_000
const api = '/api/admin/llm-callbacks'

/** Keeps the counts of the navigation right until it is aborted: at once, and after everything that may change them. */
export function keepCounts(signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isCounting = false
  const soon = () => {
    if (!isCounting) timer ??= setTimeout(run, countDelayMs)
  }
  let isStale = false
  async function run() {
    timer = undefined
    isCounting = true
    isStale = false
    // What could not be counted is counted after the next event; that the server is away shows elsewhere.
    await readCounts(signal).then(setLiveStatus, () => undefined)
    isCounting = false
    if (isStale) soon()
  }
  let recount: ReturnType<typeof setTimeout> | undefined
  const changed = () => {
    isStale = true
    soon()
  }
  const stop = onLiveEvent(({ kind }) => {
    changed()
    if (kind !== 'viewed' && kind !== 'handled') return
    clearTimeout(recount)
    recount = setTimeout(changed, recountDelayMs)
  })
  signal.addEventListener('abort', () => {
    stop()
    clearTimeout(timer)
    clearTimeout(recount)
  })
  void run()
}

async function readCounts(signal: AbortSignal) {
  const [news, failed, attention] = await Promise.all([
    fetchJson<RecentCallbacks>(`${api}/check?limit=1`, signal),
    fetchJson<MatchCount>(`${api}/count?viewed=false&status=failed`, signal),
    fetchJson<Attention>(`${api}/attention`, signal),
  ])
  return {
    unviewedCount: news.unviewedCount,
    hasUnviewedFailure: failed.count > 0,
    attentionCount: Object.values(attention).reduce((sum, count) => sum + count, 0),
  }
}
