import { Download } from 'lucide-react'
import type { LLMCallbackDetail as Detail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { formatBytes, formatCount } from '../format'
import { buttonClass } from '../ui/button'
import { ConditionBadges } from './ConditionBadges'
import { DeliveriesSection } from './DeliveriesSection'
import { DetailSection } from './DetailSection'
import { DetailSentence } from './DetailSentence'
import { MetadataSection } from './MetadataSection'
import { SignatureSection } from './SignatureSection'
import { StatusBadge } from './StatusBadge'

type DetailProps = {
  callback: Detail
  viewerId: string
  /** ISO 8601 */
  renderedAt: string
}

/** Everything about one callback, in one column: what it says first, what proves it after. */
export function LLMCallbackDetail({ callback, viewerId, renderedAt }: DetailProps) {
  const isProblem = callback.status === 'failed' || callback.payloadState === 'quarantined'
  return (
    <div className="grid max-w-[960px] gap-6 p-4 md:p-6">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-1.5">
          <StatusBadge callback={callback} />
          <ConditionBadges callback={callback} badgesMax={Number.POSITIVE_INFINITY} />
        </div>
        <DetailSentence callback={callback} viewerId={viewerId} renderedAt={renderedAt} />
      </div>
      {isProblem && callback.errorMessage !== null && (
        <DetailSection title={callback.status === 'failed' ? 'Error' : 'Why it could not be read'}>
          <pre
            dir="auto"
            className="max-h-96 overflow-auto whitespace-pre-wrap rounded-card border border-danger-solid/40 border-l-3 border-l-danger-solid bg-danger-subtle p-3 font-mono text-meta [overflow-wrap:anywhere]"
          >
            {visibleText(callback.errorMessage, { lines: true })}
          </pre>
        </DetailSection>
      )}
      <PayloadSection callback={callback} />
      <SignatureSection callback={callback} renderedAt={renderedAt} />
      <DeliveriesSection callback={callback} renderedAt={renderedAt} />
      <MetadataSection callback={callback} renderedAt={renderedAt} />
    </div>
  )
}

/** The exact text, or the bytes' hex digits where they spell none. */
function PayloadSection({ callback: { id, payloadText, payloadHex, payloadBytes, sha256 } }: { callback: Detail }) {
  return (
    <DetailSection title={payloadText === null ? 'Payload, in hex digits' : 'Payload'}>
      <pre className="max-h-[60dvh] overflow-auto whitespace-pre-wrap rounded-card border border-line bg-sunken p-3 font-mono text-meta [overflow-wrap:anywhere]">
        {payloadText === null ? payloadHex : visibleText(payloadText, { lines: true })}
      </pre>
      <div className="flex flex-wrap items-center justify-between gap-2 text-ink-2 text-meta">
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span title={`${formatCount(payloadBytes)} bytes`}>{formatBytes(payloadBytes)}</span> · SHA-256{' '}
          <code className="font-mono">{sha256}</code>
        </span>
        <a href={`/api/admin/llm-callbacks/${id}/raw`} download className={buttonClass('secondary')}>
          <Download size={16} strokeWidth={1.75} aria-hidden="true" />
          Download raw
        </a>
      </div>
    </DetailSection>
  )
}
