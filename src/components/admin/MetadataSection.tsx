import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { formatCost, formatCount, formatDuration } from '../format'
import { Time } from '../time'
import { DetailSection, Field, Fields } from './DetailSection'

type MetadataSectionProps = { callback: LLMCallbackDetail; renderedAt: string }

/** Every field by its name; exact values where the table rounds. */
export function MetadataSection({ callback, renderedAt }: MetadataSectionProps) {
  return (
    <DetailSection title="Details">
      <Fields>
        <SenderText label="Source" text={callback.source} />
        <SenderText label="Event" text={callback.eventType} />
        <SenderText label="Workflow" text={callback.workflowName} />
        <SenderText label="Step" text={callback.stepId} />
        <SenderText label="Job" text={callback.externalJobId} />
        <SenderText label="Sender's callback id" text={callback.callbackId} />
        <Field label="Status">{callback.status}</Field>
        <Field label="Duration">
          {callback.durationMs === null ? (
            <Absent />
          ) : (
            <span title={`${formatCount(callback.durationMs)} ms`}>{formatDuration(callback.durationMs)}</span>
          )}
        </Field>
        <Field label="Tokens">{callback.tokensTotal === null ? <Absent /> : formatCount(callback.tokensTotal)}</Field>
        <Field label="Cost">
          {callback.costUsd === null ? (
            <Absent />
          ) : (
            <span title={`$${visibleText(callback.costUsd)}`}>{formatCost(callback.costUsd)}</span>
          )}
        </Field>
        <Field label="Event time">
          {callback.eventTime === null ? <Absent /> : <Time at={callback.eventTime} renderedAt={renderedAt} />}
        </Field>
        <Field label="Received">
          <Time at={callback.createdAt} renderedAt={renderedAt} />
        </Field>
        <SenderText label="Callboard's id" text={callback.id} />
      </Fields>
    </DetailSection>
  )
}

function SenderText({ label, text }: { label: string; text: string | null }) {
  return (
    <Field label={label}>
      {text === null ? (
        <Absent />
      ) : (
        <bdi dir="auto" className="font-mono text-meta">
          {visibleText(text)}
        </bdi>
      )}
    </Field>
  )
}
