import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { formatCost, formatCount, formatDuration } from '../../format'
import { Time } from '../../time'
import { statusLooks, statusShown } from '../StatusBadge'
import { viewedBy } from './viewed-by'

type DetailSentenceProps = {
  callback: LLMCallbackSummary & { viewers?: LLMCallbackDetail['viewers'] }
  viewerId: string
  renderedAt: string
}

/** "Failed after 3 m 07 s, 18,204 tokens, $0.0142. Received 5 min ago, viewed by you and Ana." */
export function DetailSentence({ callback, viewerId, renderedAt }: DetailSentenceProps) {
  const { durationMs, tokensTotal, costUsd, createdAt, viewers = [] } = callback
  const facts = [
    statusLooks[statusShown(callback)].label + (durationMs === null ? '' : ` after ${formatDuration(durationMs)}`),
    ...(tokensTotal === null ? [] : [`${formatCount(tokensTotal)} tokens`]),
    ...(costUsd === null ? [] : [formatCost(costUsd)]),
  ]
  const viewersShown = viewedBy(viewers, viewerId)
  const receivedMs = new Date(renderedAt).getTime() - new Date(createdAt).getTime()
  return (
    <p className="text-form">
      {facts.join(', ')}. Received <Time at={createdAt} renderedAt={renderedAt} />
      {isToldAsAge(receivedMs) && ' ago'}
      {viewersShown !== null && `, viewed by ${viewersShown}`}.
    </p>
  )
}

/** "now" and "12 Nov" take no "ago". */
function isToldAsAge(ageMs: number): boolean {
  return ageMs >= 10_000 && ageMs < 7 * 24 * 60 * 60 * 1000
}
