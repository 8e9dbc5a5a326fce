import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** What one toast tells of; the callbacks oldest first. */
export type CallbackToast = {
  key: string
  kind:
    | 'callback'
    /** The steps of one job, until its verdict. */
    | 'steps'
    /** More than can be told one by one. */
    | 'summary'
    /** What came while nobody was there. */
    | 'away'
  callbacks: readonly LLMCallbackSummary[]
}

/** More toasts than these become one. */
const singlesMax = 3
const summaryKey = 'summary'

/**
 * The toasts on screen once these callbacks have arrived. Steps of a job share one, which its verdict replaces; more than
 * three become a summary, which then counts up in place.
 */
export function addToToasts(
  toasts: readonly CallbackToast[],
  arrived: readonly LLMCallbackSummary[],
  wasAway: boolean,
): readonly CallbackToast[] {
  if (arrived.length === 0) return toasts
  const summary = toasts.find(({ kind }) => kind === 'summary' || kind === 'away')
  if (summary || wasAway) return [summaryOf(toasts, arrived, wasAway || summary?.kind === 'away')]
  const added = arrived.reduce<readonly CallbackToast[]>(addOne, toasts)
  const news = added.filter((toast) => !toasts.includes(toast))
  return news.length > singlesMax || added.length > singlesMax ? [summaryOf(toasts, arrived, false)] : added
}

function addOne(toasts: readonly CallbackToast[], callback: LLMCallbackSummary): readonly CallbackToast[] {
  const { externalJobId, stepId, source, id } = callback
  const key = externalJobId === null ? null : `steps:${source}:${externalJobId}`
  const others = toasts.filter((toast) => toast.key !== key)
  if (key === null || stepId === null) return [...others, { key: id, kind: 'callback', callbacks: [callback] }]
  const earlier = toasts.find((toast) => toast.key === key)?.callbacks ?? []
  return [...others, { key, kind: 'steps', callbacks: [...earlier, callback] }]
}

function summaryOf(
  toasts: readonly CallbackToast[],
  arrived: readonly LLMCallbackSummary[],
  wasAway: boolean,
): CallbackToast {
  const callbacks = [...toasts.flatMap((toast) => toast.callbacks), ...arrived]
  return { key: summaryKey, kind: wasAway ? 'away' : 'summary', callbacks }
}

/** The toasts without those callbacks, which somebody has viewed; `'many'`: nobody knows which, so none is left. */
export function withoutViewed(
  toasts: readonly CallbackToast[],
  ids: readonly string[] | 'many',
): readonly CallbackToast[] {
  if (ids === 'many') return []
  const viewed = new Set(ids)
  if (!toasts.some(({ callbacks }) => callbacks.some(({ id }) => viewed.has(id)))) return toasts
  return toasts
    .map((toast) => ({ ...toast, callbacks: toast.callbacks.filter(({ id }) => !viewed.has(id)) }))
    .filter(({ callbacks }) => callbacks.length > 0)
}
