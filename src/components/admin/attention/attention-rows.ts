import type { FoldedFailures } from '@/lib/llm-callbacks/failures-schemas'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'

export const attentionTabs = ['failed', 'quarantined', 'changed', 'rejected'] as const
export type AttentionTab = (typeof attentionTabs)[number]
/** Those whose rows are callbacks. */
export type CallbackTab = Exclude<AttentionTab, 'rejected'>

/** One thing to look at: a callback, or several failures that say the same. */
export type AttentionGroup = Readonly<{
  newest: HistoryItem
  /** Of all of them, the newest first: handled together. */
  ids: readonly string[]
  firstSeenAt: string
}>

export type AttentionList = Readonly<{
  groups: readonly AttentionGroup[]
  /** There are older ones that show once these are dealt with. */
  isCapped: boolean
}>

const rowsMax = 200

/** Where the rows of a tab come from. */
export function attentionPath(tab: CallbackTab, isHandled: boolean): string {
  if (tab === 'failed') return `/api/admin/llm-callbacks/failures?handled=${isHandled}`
  return `/api/admin/llm-callbacks?${attentionQuery(tab, isHandled)}`
}

/** The callbacks of a tab that does not fold, as the history is asked for them. */
export function attentionQuery(tab: Exclude<CallbackTab, 'failed'>, isHandled: boolean): string {
  const condition = tab === 'changed' ? 'variant' : 'quarantined'
  return new URLSearchParams({ condition, handled: String(isHandled), limit: String(rowsMax) }).toString()
}

/** The rows of a tab, whichever of the two answers they came in. */
export function toAttentionList(answer: FoldedFailures | CallbackHistory): AttentionList {
  if ('groups' in answer) return answer
  return {
    groups: answer.items.map((newest) => ({ newest, ids: [newest.id], firstSeenAt: newest.createdAt })),
    isCapped: answer.nextCursor !== null,
  }
}

/** Whether a callback that has just arrived belongs under this tab. */
export function isUnderTab(tab: AttentionTab, callback: Pick<HistoryItem, 'status' | 'payloadState' | 'conditions'>) {
  if (tab === 'failed') return callback.status === 'failed'
  if (tab === 'quarantined') return callback.payloadState === 'quarantined'
  return tab === 'changed' && callback.conditions.includes('variant')
}

/**
 * What is left to show after some were handled or reopened: groups with those ids that still belong to the list.
 * @param marks since the rows were asked for, by id
 */
export function groupsLeft(
  groups: readonly AttentionGroup[],
  marks: ReadonlyMap<string, boolean>,
  isHandled: boolean,
): AttentionGroup[] {
  return groups.flatMap((group) => {
    const ids = group.ids.filter((id) => (marks.get(id) ?? isHandled) === isHandled)
    if (ids.length === group.ids.length) return [group]
    return ids.length === 0 ? [] : [{ ...group, ids }]
  })
}
