'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import type { PresetItem, SourceItem } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { Sparkline } from '../admin/attention/Sparkline'
import { formatCount, formatDuration } from '../format'
import { PageHeader } from '../page-header'
import { ResultLine } from '../results/ResultLine'
import { Time } from '../time'
import { Badge } from '../ui/badge'
import { buttonClass } from '../ui/button'
import { sourceState } from './source-state'

type SourcesPageProps = { sources: readonly SourceItem[]; presets: readonly PresetItem[]; renderedAt: string }

const heads = ['Name', 'Sender', 'State', 'Last received', '24 h', 'Rejected 24 h', 'Duplicates', 'Lag p50']

/** Who may send callbacks, and how each fares. */
export function SourcesPage({ sources, presets, renderedAt }: SourcesPageProps) {
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="Sources">
        <Link href="/sources/new" className={buttonClass('primary', 'ml-auto')}>
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
          New source
        </Link>
      </PageHeader>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label="Sources">
        <table className="w-full min-w-[960px] text-left">
          <thead className="text-ink-2 text-meta">
            <tr className="border-line border-b">
              {heads.map((head) => (
                <th
                  key={head}
                  scope="col"
                  className="px-4 py-2 font-medium first:sticky first:left-0 first:bg-canvas last:pr-6 md:first:pl-6"
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <SourceRow
                key={source.slug}
                source={source}
                sender={presets.find(({ id }) => id === source.preset)?.name ?? source.preset}
                renderedAt={renderedAt}
              />
            ))}
          </tbody>
        </table>
      </section>
      <ResultLine />
    </div>
  )
}

type SourceRowProps = { source: SourceItem; sender: string; renderedAt: string }

function SourceRow({ source, sender, renderedAt }: SourceRowProps) {
  const { label, tone } = sourceState(source)
  return (
    <tr className="h-11 border-line border-b hover:bg-sunken">
      <th scope="row" className="sticky left-0 max-w-60 truncate bg-canvas px-4 font-medium md:pl-6">
        <Link href={`/sources/${source.slug}`} className="hover:underline">
          <bdi>{visibleText(source.name)}</bdi>
        </Link>
      </th>
      <td className="whitespace-nowrap px-4">{sender}</td>
      <td className="px-4">
        <Badge tone={tone}>{label}</Badge>
      </td>
      <td className="whitespace-nowrap px-4">
        {source.lastReceivedAt === null ? <Absent /> : <Time at={source.lastReceivedAt} renderedAt={renderedAt} />}
      </td>
      <td className="px-4">
        <Sparkline values={source.hourlyCounts} isBad={false} />
      </td>
      <td className="px-4">{formatCount(source.rejected24h)}</td>
      <td className="px-4">{formatCount(source.duplicates)}</td>
      <td className="whitespace-nowrap px-4 pr-6">
        {source.lagP50Ms === null ? <Absent /> : formatDuration(Math.round(source.lagP50Ms))}
      </td>
    </tr>
  )
}
