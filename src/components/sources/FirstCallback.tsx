'use client'

import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import Link from 'next/link'
import { sendTestCallback } from '@/app/actions/test-callback'
import type { SourceDetail } from '@/lib/sources/schemas'
import { rejectionWords } from '../admin/attention/rejection-words'
import { useAction } from '../admins/use-action'
import { fetchJson } from '../data/fetch-json'
import { Time } from '../time'
import { Button } from '../ui/button'

const lookEveryMs = 2_000

type FirstCallbackProps = {
  slug: string
  /** Whether it has sent before, so that there is nothing to wait for. */
  isKnown?: boolean
}

/** Waits for the first callback of a source, says what was refused meanwhile, and sends one on request. */
export function FirstCallback({ slug, isKnown = false }: FirstCallbackProps) {
  const { run, isPending, error } = useAction(sendTestCallback)
  const { data } = useQuery({
    queryKey: ['source', slug],
    queryFn: ({ signal }) => fetchJson<SourceDetail>(`/api/admin/sources/${slug}`, signal),
    refetchInterval: lookEveryMs,
  })
  const lastReceivedAt = data?.source.lastReceivedAt ?? null
  const [rejection] = data?.rejected ?? []
  return (
    <div className="grid gap-3">
      <div role="status" className="grid gap-2 text-form">
        {lastReceivedAt === null ? (
          <p>Waiting for the first callback.</p>
        ) : (
          <p>
            {isKnown ? 'It sends.' : 'First callback received.'}{' '}
            <Link href={`/callbacks?source=${slug}`} className="text-accent underline">
              Show it
            </Link>
          </p>
        )}
        {lastReceivedAt === null && rejection && (
          <p className="rounded-control bg-warning-subtle px-3 py-2 text-warning">
            A delivery was rejected <Time at={rejection.lastSeenAt} renderedAt={rejection.lastSeenAt} /> ago:{' '}
            {rejectionWords[rejection.reason].label.toLowerCase()}. {rejectionWords[rejection.reason].meaning}
          </p>
        )}
      </div>
      <Button look="secondary" className="justify-self-start" aria-disabled={isPending} onClick={() => void run(slug)}>
        <Send size={16} strokeWidth={1.75} aria-hidden="true" />
        {isPending ? 'Sending…' : 'Send test'}
      </Button>
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
    </div>
  )
}
