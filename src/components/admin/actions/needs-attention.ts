import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** Whether a callback is one for "Needs attention", and so can be handled: failed, unreadable, or redelivered otherwise. */
export function needsAttention({
  status,
  payloadState,
  conditions,
}: Pick<LLMCallbackSummary, 'status' | 'payloadState' | 'conditions'>): boolean {
  return status === 'failed' || payloadState === 'quarantined' || conditions.includes('variant')
}
