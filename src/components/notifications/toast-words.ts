import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { needsAttention } from '../admin/actions/needs-attention'
import { statusLooks, statusShown } from '../admin/StatusBadge'
import { cutMiddle, formatCount } from '../format'
import type { CallbackToast } from './toasts'

export type ToastWords = { title: string; detail: string; says: string | null }

const namesShown = 2
const order = Object.keys(statusLooks) as (keyof typeof statusLooks)[]

/** What a toast says: its first line, the quieter second one, and what the callback itself says. */
export function toastWords({ kind, callbacks }: CallbackToast): ToastWords {
  const latest = callbacks.at(-1)
  if (latest === undefined) return { title: '', detail: '', says: null }
  if (kind === 'summary' || kind === 'away') {
    return { title: summaryTitle(callbacks, kind === 'away'), detail: workflowsOf(callbacks), says: null }
  }
  if (kind === 'steps' && callbacks.length > 1) {
    const steps = `${formatCount(callbacks.length)} steps, latest: ${visibleText(latest.stepId ?? '')}`
    return { title: nameOf(latest), detail: steps, says: saysOf(latest) }
  }
  const event = latest.stepId ?? latest.eventType
  const label = latest.conditions.includes('variant') ? 'Changed' : statusLooks[statusShown(latest)].label
  const detail = event === null ? label : `${label} · ${cutMiddle(visibleText(event))}`
  return { title: nameOf(latest), detail, says: saysOf(latest) }
}

/** `14 new callbacks: 12 completed, 2 failed` */
function summaryTitle(callbacks: readonly LLMCallbackSummary[], wasAway: boolean): string {
  const counts = new Map<keyof typeof statusLooks, number>()
  for (const callback of callbacks) counts.set(statusShown(callback), (counts.get(statusShown(callback)) ?? 0) + 1)
  const parts = order
    .filter((status) => counts.has(status))
    .map((status) => `${formatCount(counts.get(status) ?? 0)} ${statusLooks[status].label.toLowerCase()}`)
  if (wasAway) return `While you were away: ${parts.join(', ')}`
  return `${formatCount(callbacks.length)} new callbacks: ${parts.join(', ')}`
}

/** `emergency_contacts, billing +3` */
function workflowsOf(callbacks: readonly LLMCallbackSummary[]): string {
  const names = [...new Set(callbacks.map(nameOf))]
  const shown = names.slice(0, namesShown).join(', ')
  return names.length > namesShown ? `${shown} +${formatCount(names.length - namesShown)}` : shown
}

function nameOf({ workflowName, source }: LLMCallbackSummary): string {
  return cutMiddle(visibleText(workflowName ?? source))
}

function saysOf(callback: LLMCallbackSummary): string | null {
  const text = needsAttention(callback) ? (callback.errorMessage ?? callback.payloadPreview) : callback.payloadPreview
  const line = visibleText(text.replace(/\s+/g, ' ').trim())
  return line === '' ? null : line
}
