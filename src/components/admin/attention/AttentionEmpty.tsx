'use client'

import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import type { FoldedFailures } from '@/lib/llm-callbacks/failures-schemas'
import type { CallbackHistory } from '@/lib/llm-callbacks/history-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { fetchJson } from '../../data/fetch-json'
import { Time } from '../../time'
import { attentionPath, type CallbackTab, toAttentionList } from './attention-rows'

type AttentionEmptyProps = {
  emptyRef: RefObject<HTMLDivElement | null>
  tab: CallbackTab
  isHandled: boolean
  renderedAt: string
}

/** Nothing to do, and what was done before. */
export function AttentionEmpty({ emptyRef, tab, isHandled, renderedAt }: AttentionEmptyProps) {
  const { data } = useQuery({
    queryKey: ['attention', tab, 'newest-handled'],
    queryFn: async ({ signal }) =>
      toAttentionList(await fetchJson<FoldedFailures | CallbackHistory>(attentionPath(tab, true), signal)),
    enabled: !isHandled,
    retry: false,
    gcTime: 0,
  })
  const handled = data?.groups[0]?.newest
  return (
    <div ref={emptyRef} tabIndex={-1} className="grid gap-2 p-4 text-form outline-none md:p-6">
      <p role="status">{isHandled ? 'Nothing was handled yet.' : 'Nothing needs attention.'}</p>
      {handled?.handled && (
        <p className="text-ink-2">
          Handled before: <bdi dir="auto">{visibleText(handled.workflowName ?? 'a callback')}</bdi>, by{' '}
          <bdi dir="auto">{visibleText(handled.handled.byName ?? 'an admin since removed')}</bdi>,{' '}
          <Time at={handled.handled.at} renderedAt={renderedAt} />
        </p>
      )}
    </div>
  )
}
