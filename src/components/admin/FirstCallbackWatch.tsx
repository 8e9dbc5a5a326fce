'use client'

import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { sendTestCallback } from '@/app/actions/test-callback'
import type { RejectedDeliveries } from '@/lib/rejected-deliveries/schemas'
import { useAction } from '../admins/use-action'
import { fetchJson } from '../data/fetch-json'
import { onLiveEvent } from '../live/live-events'
import { showResult } from '../results/results'
import { Time } from '../time'
import { Button } from '../ui/button'
import { readCallbackList } from '../windows/callback-list'
import { rejectionWords } from './attention/rejection-words'

const rejectionsEveryMs = 3_000

/** While the first callback is waited for: sends one, says what was refused meanwhile, and gives way to the table when it is there. */
export function FirstCallbackWatch() {
  const router = useRouter()
  const arrivedId = useRef<string | null>(null)
  const { run, isPending, error } = useAction(sendTestCallback)

  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== 'received' && event.kind !== 'missed') return
        if (event.kind === 'received') arrivedId.current ??= event.items[0]?.id ?? null
        router.refresh()
      }),
    [router],
  )
  useEffect(
    () => () => {
      const id = arrivedId.current
      // The table that takes this place is there in the next task.
      if (id !== null) setTimeout(() => greet(id))
    },
    [],
  )

  return (
    <div className="grid max-w-[760px] gap-3 px-4 pb-6 md:px-6">
      <Button className="justify-self-start" aria-disabled={isPending} onClick={() => void run()}>
        <Send size={16} strokeWidth={1.75} aria-hidden="true" />
        {isPending ? 'Sending…' : 'Send a test callback'}
      </Button>
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <LatestRejection />
    </div>
  )
}

function greet(id: string): void {
  readCallbackList()?.focusRow(id)
  showResult('First callback received.')
}

function LatestRejection() {
  const { data } = useQuery({
    queryKey: ['rejected-deliveries', 'first-run'],
    queryFn: ({ signal }) => fetchJson<RejectedDeliveries>('/api/admin/rejected-deliveries', signal),
    refetchInterval: rejectionsEveryMs,
  })
  const latest = data?.samples[0]
  return (
    <div role="status">
      {latest && (
        <p className="rounded-control bg-warning-subtle px-3 py-2 text-warning">
          A delivery was rejected <Time at={latest.rejectedAt} renderedAt={latest.rejectedAt} /> ago:{' '}
          {rejectionWords[latest.reason].label.toLowerCase()}. {rejectionWords[latest.reason].meaning}{' '}
          <Link href="/attention?tab=rejected" className="underline">
            Rejected deliveries
          </Link>
        </p>
      )}
    </div>
  )
}
