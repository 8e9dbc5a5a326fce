import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ViewedLLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { cutMiddle, formatCost, formatCount, formatDuration, formatId } from '../format'
import { Time } from '../time'
import { cn } from '../ui/cn'
import { ConditionBadges } from './ConditionBadges'
import { StatusBadge } from './StatusBadge'

type CellProps = { item: ViewedLLMCallbackSummary; renderedAt: string }

type Column = {
  name: string
  Cell: (props: CellProps) => ReactNode
  /** On wide screens; what has none shares the rest. */
  width?: string
  /** Where it is shown, and its place in the card of narrow screens. */
  className?: string
  isNumber?: boolean
  isNameHidden?: boolean
}

export const columns: Column[] = [
  { name: 'Viewed', Cell: Mark, width: 'md:w-9', className: 'max-md:empty:hidden', isNameHidden: true },
  { name: 'Status', Cell: Status, width: 'md:w-31' },
  { name: 'Workflow', Cell: Workflow, width: 'md:w-36 xl:w-45' },
  { name: 'Event', Cell: Event, width: 'lg:w-38 xl:w-42 2xl:w-64', className: 'max-lg:hidden' },
  { name: 'Says', Cell: Says, className: 'max-md:col-span-full max-md:row-start-2' },
  { name: 'Source', Cell: Source, width: 'xl:w-28', className: 'max-xl:hidden' },
  { name: 'Job', Cell: Job, width: 'lg:w-22', className: 'max-lg:hidden' },
  { name: 'Duration', Cell: Duration, width: 'lg:w-21', className: 'max-lg:hidden', isNumber: true },
  { name: 'Tokens', Cell: Tokens, width: 'xl:w-22', className: 'max-xl:hidden', isNumber: true },
  { name: 'Cost', Cell: Cost, width: 'xl:w-22', className: 'max-xl:hidden', isNumber: true },
  {
    name: 'Received',
    Cell: Received,
    width: 'md:w-24 md:pr-6',
    className: 'max-md:order-first max-md:col-start-4 max-md:row-start-1 md:pr-6',
    isNumber: true,
  },
]

function Mark({ item }: CellProps) {
  if (item.viewed) return null
  return (
    <span className="block size-2 rounded-full bg-accent md:mx-auto forced-colors:bg-[Highlight]">
      <span className="sr-only">Unviewed</span>
    </span>
  )
}

function Status({ item }: CellProps) {
  return <StatusBadge callback={item} />
}

/** The link of the row: it covers all of it, so that the row is one thing to click and one to tab to. */
function Workflow({ item }: CellProps) {
  return (
    <Link
      href={`/callbacks/${item.id}`}
      prefetch={false}
      className={cn(
        'outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2',
        {
          'font-semibold': !item.viewed,
        },
      )}
    >
      {item.workflowName === null ? <Absent /> : <bdi dir="auto">{visibleText(item.workflowName)}</bdi>}
    </Link>
  )
}

/** Of a step the name matters more than that it is one, so the event gives way first. */
function Event({ item: { eventType, stepId } }: CellProps) {
  if (eventType === null) return <Absent />
  const event = visibleText(eventType)
  if (stepId === null) {
    return (
      <bdi className="font-mono text-meta" title={event}>
        {cutMiddle(event)}
      </bdi>
    )
  }
  const step = visibleText(stepId)
  return (
    <span className="flex font-mono text-meta" title={`${event} · ${step}`}>
      <bdi className="truncate">{event}</bdi>
      <bdi className="max-w-2/3 shrink-0 truncate whitespace-pre">{` · ${step}`}</bdi>
    </span>
  )
}

function Says({ item }: CellProps) {
  const isProblem = item.status === 'failed' || item.payloadState === 'quarantined'
  // One line: a line break of the sender's is a blank here, and whole on the callback's own page.
  const text = ((isProblem ? item.errorMessage : null) ?? item.payloadPreview).replace(/\s+/g, ' ')
  return (
    <span className="@container flex min-w-0 items-center gap-1.5">
      <bdi dir="auto" className={cn('truncate', !isProblem && 'text-ink-2')}>
        {text === '' ? <Absent /> : visibleText(text)}
      </bdi>
      <ConditionBadges callback={item} />
    </span>
  )
}

function Source({ item }: CellProps) {
  return <bdi>{item.source}</bdi>
}

function Job({ item: { externalJobId } }: CellProps) {
  if (externalJobId === null) return <Absent />
  return (
    <bdi className="relative z-1 font-mono text-meta" title={visibleText(externalJobId)}>
      {formatId(externalJobId)}
    </bdi>
  )
}

function Duration({ item: { durationMs } }: CellProps) {
  return durationMs === null ? <Absent /> : formatDuration(durationMs)
}

function Tokens({ item: { tokensTotal } }: CellProps) {
  return tokensTotal === null ? <Absent /> : formatCount(tokensTotal)
}

function Cost({ item: { costUsd } }: CellProps) {
  return costUsd === null ? <Absent /> : formatCost(costUsd)
}

function Received({ item, renderedAt }: CellProps) {
  return <Time at={item.createdAt} renderedAt={renderedAt} className="relative z-1 text-ink-2" />
}
