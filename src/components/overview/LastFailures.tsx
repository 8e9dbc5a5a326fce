'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { StatusBadge } from '../admin/StatusBadge'
import { fetchJson } from '../data/fetch-json'
import { onLiveEvent } from '../live/live-events'
import { Time } from '../time'
import { failuresQuery, type OverviewState } from './overview-query'

type LastFailuresProps = { state: OverviewState; initial: readonly HistoryItem[] | undefined }

/** The five latest failures, whenever they were. */
export function LastFailures({ state, initial }: LastFailuresProps) {
  const query = failuresQuery(state)
  const { data, refetch } = useQuery({
    queryKey: ['last-failures', query],
    queryFn: async ({ signal }) =>
      (await fetchJson<CallbackHistory>(`/api/admin/llm-callbacks?${query}`, signal)).items,
    ...(initial && { initialData: initial }),
  })
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === 'received' && event.items.some(({ status }) => status === 'failed')) void refetch()
      }),
    [refetch],
  )
  const failures = data ?? []
  return (
    <section aria-labelledby="last-failures" className="min-w-0 rounded-card border border-line bg-surface">
      <h2 id="last-failures" className="p-4 pb-2 font-semibold text-form">
        Last failures
      </h2>
      <ul>
        {failures.map((item) => (
          <li key={item.id} className="border-line border-t">
            <a
              href={`/callbacks/${item.id}`}
              className="flex min-h-9 flex-wrap items-center gap-x-3 px-4 py-1 hover:bg-accent-subtle"
            >
              <StatusBadge callback={item} />
              <bdi className="max-w-60 truncate font-medium">
                {item.workflowName === null ? <Absent /> : visibleText(item.workflowName)}
              </bdi>
              <bdi dir="auto" className="min-w-0 flex-1 basis-40 truncate">
                {item.errorMessage === null ? <Absent /> : visibleText(item.errorMessage.replace(/\s+/g, ' '))}
              </bdi>
              <Time at={item.createdAt} renderedAt={item.createdAt} className="text-ink-2 text-meta" />
            </a>
          </li>
        ))}
      </ul>
      {failures.length === 0 && <p className="px-4 pb-4 text-ink-2">Nothing has failed.</p>}
    </section>
  )
}
