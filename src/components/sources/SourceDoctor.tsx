'use client'

import { useQuery } from '@tanstack/react-query'
import { Stethoscope } from 'lucide-react'
import { startDebugging, stopDebugging } from '@/app/actions/sources'
import type { Diagnosis } from '@/lib/sources/schemas'
import { rejectionWords } from '../admin/attention/rejection-words'
import { useAction } from '../admins/use-action'
import { fetchJson } from '../data/fetch-json'
import { formatBytes } from '../format'
import { Time } from '../time'
import { Button } from '../ui/button'

const lookEveryMs = 2_000

type SourceDoctorProps = { slug: string; renderedAt: string }

/** Why deliveries are refused: each that comes in while it looks is tried against the usual mistakes. */
export function SourceDoctor({ slug, renderedAt }: SourceDoctorProps) {
  const { data, refetch } = useQuery({
    queryKey: ['source-doctor', slug],
    queryFn: ({ signal }) => fetchJson<Diagnosis>(`/api/admin/sources/${slug}/doctor`, signal),
    refetchInterval: lookEveryMs,
  })
  const start = useAction(startDebugging)
  const stop = useAction(stopDebugging)
  const debugUntil = data?.debugUntil ?? null
  const error = start.error ?? stop.error

  async function change(action: typeof start) {
    if (await action.run(slug)) await refetch()
  }

  return (
    <>
      <section className="grid max-w-[640px] gap-3">
        <p className="text-form">
          While debug is on, refused deliveries are kept with their headers and bodies: encrypted, 20 at most, bodies up
          to 256 kB, and deleted when it is started again or after a day. What they are refused for is told to the
          sender no more than before.
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <Button aria-disabled={start.isPending} onClick={() => void change(start)}>
            <Stethoscope size={16} strokeWidth={1.75} aria-hidden="true" />
            {debugUntil === null ? 'Start debug for 15 min' : 'Start again'}
          </Button>
          {debugUntil !== null && (
            <>
              <Button look="secondary" aria-disabled={stop.isPending} onClick={() => void change(stop)}>
                Stop and delete
              </Button>
              <span className="text-ink-2">
                Debug ends <Time at={debugUntil} renderedAt={renderedAt} />.
              </span>
            </>
          )}
        </div>
        {error !== null && (
          <p role="alert" className="text-danger">
            {error}
          </p>
        )}
      </section>
      <section aria-label="Findings" className="grid gap-4">
        <p role="status" className="text-ink-2">
          {statusWords(data, debugUntil)}
        </p>
        {data?.deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} renderedAt={renderedAt} />
        ))}
      </section>
    </>
  )
}

function statusWords(data: Diagnosis | undefined, debugUntil: string | null): string {
  if (!data) return ''
  if (data.deliveries.length > 0) return `${data.deliveries.length} refused since debug was started.`
  return debugUntil === null ? 'Nothing is kept.' : 'Waiting for a delivery that is refused. Have the sender send one.'
}

type DeliveryProps = { delivery: Diagnosis['deliveries'][number]; renderedAt: string }

function Delivery({ delivery, renderedAt }: DeliveryProps) {
  return (
    <article className="grid gap-3 rounded-card border border-line bg-surface p-4">
      <p className="text-ink-2 text-meta">
        {rejectionWords[delivery.reason].label} · {formatBytes(delivery.bodyBytes)} ·{' '}
        <Time at={delivery.receivedAt} renderedAt={renderedAt} />
      </p>
      {delivery.findings.map((finding) => (
        <div key={finding.cause} className="grid gap-1">
          <h2 className="font-semibold text-form">{finding.sentence}</h2>
          <p className="break-words text-ink-2">{finding.evidence}</p>
          <p className="break-words">{finding.change}</p>
        </div>
      ))}
    </article>
  )
}
