import type { ReactNode } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../../absent'
import { CopyButton } from '../../copy-button'
import { formatBytes, formatCost, formatCount, formatDuration, formatExactTime } from '../../format'
import { Time } from '../../time'
import { conditionLooksOf } from '../condition-looks'
import { statusLooks, statusShown } from '../StatusBadge'
import { FetchedResult } from './FetchedResult'
import { Field, Fields } from './Fields'

type DetailsTabProps = { callback: LLMCallbackDetail; renderedAt: string }

/** Every field by its name, exact where the table rounds, each to copy; then who viewed it and who dealt with it. */
export function DetailsTab({ callback, renderedAt }: DetailsTabProps) {
  const { durationMs, tokensTotal, costUsd, eventTime, createdAt, handled, viewers } = callback
  const conditions = conditionLooksOf(callback)
  return (
    <div className="grid gap-4 p-3">
      <FetchedResult callbackId={callback.id} renderedAt={renderedAt} />
      <Fields>
        <Field label="Status">{statusLooks[statusShown(callback)].label}</Field>
        <SenderText label="Source" text={callback.source} />
        <SenderText label="Event" text={callback.eventType} />
        <SenderText label="Workflow" text={callback.workflowName} />
        <SenderText label="Step" text={callback.stepId} />
        <SenderText label="Job" text={callback.externalJobId} />
        <SenderText label="Sender's callback id" text={callback.callbackId} />
        <SenderText label="Callboard's id" text={callback.id} />
        <Exact label="Duration" exact={durationMs === null ? null : `${durationMs} ms`}>
          {durationMs !== null && `${formatDuration(durationMs)} (${formatCount(durationMs)} ms)`}
        </Exact>
        <Exact label="Tokens" exact={tokensTotal === null ? null : String(tokensTotal)}>
          {tokensTotal !== null && formatCount(tokensTotal)}
        </Exact>
        <Exact label="Cost" exact={costUsd}>
          {costUsd !== null && `${formatCost(costUsd)} ($${visibleText(costUsd)})`}
        </Exact>
        <Exact label="Event time" exact={eventTime}>
          {eventTime !== null && <Moment at={eventTime} renderedAt={renderedAt} />}
        </Exact>
        <Exact label="Received" exact={createdAt}>
          <Moment at={createdAt} renderedAt={renderedAt} />
        </Exact>
        <Exact label="Size" exact={String(callback.payloadBytes)}>
          {formatBytes(callback.payloadBytes)} ({formatCount(callback.payloadBytes)} bytes)
        </Exact>
        <SenderText label="SHA-256" text={callback.sha256} />
        {conditions.map(({ label, meaning }) => (
          <Field key={label} label={label}>
            {meaning}
          </Field>
        ))}
        <Field label="Handled">
          {handled === null ? (
            'Not yet'
          ) : (
            <>
              by <bdi>{handled.byName === null ? 'an admin since removed' : visibleText(handled.byName)}</bdi>,{' '}
              <Moment at={handled.at} renderedAt={renderedAt} />
            </>
          )}
        </Field>
        <Field label="Viewed">
          {viewers.length === 0
            ? 'By nobody yet'
            : viewers.map(({ adminUserId, name, viewedAt }) => (
                <span key={adminUserId} className="block">
                  by <bdi>{name === null ? 'an admin since removed' : visibleText(name)}</bdi>,{' '}
                  <Moment at={viewedAt} renderedAt={renderedAt} />
                </span>
              ))}
        </Field>
      </Fields>
    </div>
  )
}

function Moment({ at, renderedAt }: { at: string; renderedAt: string }) {
  return (
    <>
      {formatExactTime(new Date(at))} (<Time at={at} renderedAt={renderedAt} />)
    </>
  )
}

/** A value that is shown for people, with what is copied: the exact one. */
function Exact({ label, exact, children }: { label: string; exact: string | null; children: ReactNode }) {
  return (
    <Field label={label}>
      {exact === null ? (
        <Absent />
      ) : (
        <span className="flex items-start gap-1">
          <span className="min-w-0">{children}</span>
          <CopyButton text={exact} label={label.toLowerCase()} />
        </span>
      )}
    </Field>
  )
}

function SenderText({ label, text }: { label: string; text: string | null }) {
  return (
    <Exact label={label} exact={text}>
      {text !== null && (
        <bdi dir="auto" className="font-mono text-meta">
          {visibleText(text)}
        </bdi>
      )}
    </Exact>
  )
}
