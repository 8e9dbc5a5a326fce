import Link from 'next/link'
import type { ReactNode } from 'react'
import type { SourceDetail } from '@/lib/sources/schemas'
import { Absent } from '../absent'
import { rejectionWords } from '../admin/attention/rejection-words'
import { Sparkline } from '../admin/attention/Sparkline'
import { formatCount, formatDuration } from '../format'
import { Time } from '../time'

type SourceHealthProps = { detail: SourceDetail; renderedAt: string }

/** When a source last sent, how much, how late, and what of it was refused. */
export function SourceHealth({ detail: { source, rejected }, renderedAt }: SourceHealthProps) {
  const received24h = source.hourlyCounts.reduce((sum, count) => sum + count, 0)
  return (
    <>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(140px,1fr))] gap-4">
        <Fact name="Last received">
          {source.lastReceivedAt === null ? <Absent /> : <Time at={source.lastReceivedAt} renderedAt={renderedAt} />}
        </Fact>
        <Fact name="Received in 24 h">
          <Link href={`/callbacks?source=${source.slug}&range=24h`} className="hover:underline">
            {formatCount(received24h)}
          </Link>
        </Fact>
        <Fact name="Rejected in 24 h">{formatCount(source.rejected24h)}</Fact>
        <Fact name="Duplicates, of the newest 200">{formatCount(source.duplicates)}</Fact>
        <Fact name="Lag p50, of the newest 200">
          {source.lagP50Ms === null ? <Absent /> : formatDuration(Math.round(source.lagP50Ms))}
        </Fact>
      </dl>
      <section className="grid gap-2">
        <h2 className="font-medium text-form">By hour</h2>
        <Sparkline values={source.hourlyCounts} isBad={false} />
      </section>
      <section className="grid gap-2">
        <h2 className="font-medium text-form">Rejected in the last 7 days</h2>
        {rejected.length === 0 && <p className="text-ink-2">Nothing was rejected.</p>}
        <ul className="grid gap-3">
          {rejected.map(({ reason, count, lastSeenAt, topPrefixes }) => (
            <li key={reason} className="grid gap-1 border-line border-b pb-3">
              <p>
                <span className="font-medium">{rejectionWords[reason].label}</span>, {formatCount(count)} in 24 h, last{' '}
                <Time at={lastSeenAt} renderedAt={renderedAt} />
              </p>
              <p className="text-ink-2">{rejectionWords[reason].meaning}</p>
              {topPrefixes.some(({ prefix }) => prefix !== null) && (
                <p className="text-ink-2 text-meta">
                  From {topPrefixes.flatMap(({ prefix }) => prefix ?? []).join(', ')}
                </p>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <dt className="text-ink-2 text-meta">{name}</dt>
      <dd className="font-semibold text-heading tabular-nums">{children}</dd>
    </div>
  )
}
