'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { RejectedDeliveries as Answer, RejectedGroup } from '@/lib/rejected-deliveries/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../../absent'
import { fetchJson } from '../../data/fetch-json'
import { formatCount } from '../../format'
import { Time } from '../../time'
import { LoadFailed } from '../history/HistoryStates'
import { rejectionWords } from './rejection-words'
import { Sparkline } from './Sparkline'

/** Deliveries that were refused: counted by source and reason, never kept. */
export function RejectedDeliveries({ renderedAt }: { renderedAt: string }) {
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['rejected-deliveries'],
    queryFn: ({ signal }) => fetchJson<Answer>('/api/admin/rejected-deliveries', signal),
    retry: 1,
    staleTime: 0,
  })
  return (
    <>
      {error && (
        <LoadFailed
          what="rejected deliveries"
          error={error}
          loadedAtMs={data ? dataUpdatedAt : null}
          onRetry={() => void refetch()}
        />
      )}
      <div className="min-h-0 flex-1 md:overflow-auto">
        {data?.groups.length === 0 && (
          <p role="status" className="p-4 text-form md:p-6">
            Nothing was rejected in the last 7 days.
          </p>
        )}
        {data && data.groups.length > 0 && <RejectedTable groups={data.groups} renderedAt={renderedAt} />}
      </div>
    </>
  )
}

const head = 'h-8 px-2 font-medium text-ink-2 text-meta'

function RejectedTable({ groups, renderedAt }: { groups: readonly RejectedGroup[]; renderedAt: string }) {
  return (
    <table className="w-full text-left max-md:block">
      <caption className="sr-only">Rejected deliveries by source and reason</caption>
      <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)] max-md:hidden">
        <tr>
          <th scope="col" className={`${head} md:pl-6`}>
            Source
          </th>
          <th scope="col" className={head}>
            Reason
          </th>
          <th scope="col" className={`${head} text-right`}>
            24 h
          </th>
          <th scope="col" className={head}>
            By hour
          </th>
          <th scope="col" className={`${head} text-right`}>
            Last seen
          </th>
          <th scope="col" className={`${head} md:pr-6`}>
            What it usually means
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {groups.map((group) => (
          <RejectedRow key={`${group.source} ${group.reason}`} group={group} renderedAt={renderedAt} />
        ))}
      </tbody>
    </table>
  )
}

function RejectedRow({ group, renderedAt }: { group: RejectedGroup; renderedAt: string }) {
  const { label, meaning } = rejectionWords[group.reason]
  return (
    <tr className="border-line border-b hover:bg-sunken max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3">
      <td className="px-2 py-2 max-md:col-start-1 max-md:row-start-2 max-md:p-0 md:pl-6">
        {group.source === null ? <Absent /> : <bdi className="break-all">{visibleText(group.source)}</bdi>}
      </td>
      <td className="whitespace-nowrap px-2 font-medium max-md:col-start-1 max-md:row-start-1 max-md:p-0">{label}</td>
      <td className="px-2 text-right max-md:col-start-2 max-md:row-start-1 max-md:p-0">{formatCount(group.count)}</td>
      <td className="px-2 max-md:col-start-2 max-md:row-start-2 max-md:p-0">
        <Sparkline values={group.hourlyCounts} />
      </td>
      <td className="whitespace-nowrap px-2 text-right text-ink-2 max-md:hidden">
        <Time at={group.lastSeenAt} renderedAt={renderedAt} isFlippable />
      </td>
      <td className="px-2 py-2 text-ink-2 max-md:col-span-2 max-md:p-0 md:pr-6">
        {meaning}{' '}
        {group.source !== null && (
          <Link href={`/sources/${group.source}?tab=doctor`} className="text-accent underline">
            Diagnose
          </Link>
        )}
      </td>
    </tr>
  )
}
