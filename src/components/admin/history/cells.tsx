'use client'

import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../../absent'
import { cutMiddle, formatCost, formatCount, formatDuration, formatId } from '../../format'
import { Time } from '../../time'
import { cn } from '../../ui/cn'
import { ConditionBadges } from '../ConditionBadges'
import { StatusBadge } from '../StatusBadge'
import { Marked } from './Marked'
import { useTableContext } from './table-context'

type CellProps = { item: HistoryItem }

export function Status({ item }: CellProps) {
  return <StatusBadge callback={item} />
}

/** Also the address of the row, for opening it in a tab of the browser; the keyboard opens the row itself. */
export function Workflow({ item }: CellProps) {
  return (
    <a
      href={`/callbacks/${item.id}`}
      tabIndex={-1}
      draggable={false}
      className={cn('block truncate outline-none', item.viewed ? 'font-normal' : 'font-semibold')}
    >
      {item.workflowName === null ? <Absent /> : <bdi dir="auto">{visibleText(item.workflowName)}</bdi>}
    </a>
  )
}

/** Of a step the name matters more than that it is one, so the event gives way first. */
export function Event({ item: { eventType, stepId } }: CellProps) {
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

export function Says({ item }: CellProps) {
  const { search, hasSecondLine } = useTableContext()
  const isProblem = item.status === 'failed' || item.payloadState === 'quarantined'
  const error = isProblem ? item.errorMessage : null
  return (
    <span className="@container flex min-w-0 items-center gap-1.5">
      <span className="min-w-0">
        <Line text={error ?? item.payloadPreview} isQuiet={!isProblem} search={search} />
        {hasSecondLine && error !== null && <Line text={item.payloadPreview} isQuiet search={search} />}
      </span>
      <ConditionBadges callback={item} />
    </span>
  )
}

/** One line: a line break of the sender's is a blank here, and whole in the callback's own window. */
function Line({ text, isQuiet, search }: { text: string; isQuiet: boolean; search: string | null }) {
  const line = text.replace(/\s+/g, ' ')
  return (
    <bdi dir="auto" className={cn('block truncate', isQuiet && 'text-ink-2')}>
      {line === '' ? <Absent /> : <Marked text={visibleText(line)} search={search} />}
    </bdi>
  )
}

export function Source({ item }: CellProps) {
  return <bdi>{visibleText(item.source)}</bdi>
}

export function Job({ item: { externalJobId } }: CellProps) {
  if (externalJobId === null) return <Absent />
  return (
    <button
      type="button"
      tabIndex={-1}
      data-act="job"
      title={`Show this job: ${visibleText(externalJobId)}`}
      className="cursor-pointer rounded-badge font-mono text-meta hover:underline"
    >
      <bdi>{formatId(externalJobId)}</bdi>
    </button>
  )
}

export function Duration({ item: { durationMs } }: CellProps) {
  return durationMs === null ? <Absent /> : formatDuration(durationMs)
}

export function Tokens({ item: { tokensTotal } }: CellProps) {
  return tokensTotal === null ? <Absent /> : formatCount(tokensTotal)
}

export function Cost({ item: { costUsd } }: CellProps) {
  return costUsd === null ? <Absent /> : formatCost(costUsd)
}

export function Received({ item }: CellProps) {
  const { renderedAt } = useTableContext()
  return <Time at={item.createdAt} renderedAt={renderedAt} isFlippable className="text-ink-2" />
}

export function Signature({ item: { signatureValid } }: CellProps) {
  return signatureValid ? <span className="text-ink-2">Verified</span> : 'Not verified'
}

export function Deliveries({ item: { deliveryCount } }: CellProps) {
  return formatCount(deliveryCount)
}

export function EventTime({ item: { eventTime } }: CellProps) {
  const { renderedAt } = useTableContext()
  if (eventTime === null) return <Absent />
  return <Time at={eventTime} renderedAt={renderedAt} isFlippable className="text-ink-2" />
}

/** How long after the sender's own time a callback was here. */
export function Lag({ item: { eventTime, createdAt } }: CellProps) {
  return eventTime === null ? <Absent /> : formatDuration(Date.parse(createdAt) - Date.parse(eventTime))
}

export function CallbackId({ item: { id } }: CellProps) {
  return (
    <span className="font-mono text-meta" title={id}>
      {formatId(id)}
    </span>
  )
}
