import { Download } from 'lucide-react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { Button, buttonClass } from '../../ui/button'
import type { Notice } from '../../windows/use-notice'

type DetailFooterProps = {
  callback: LLMCallbackDetail
  notice: Notice | null
  onToggleHandled: () => void
  onToggleViewed: () => void
}

/** 44 px: what can be done with a callback, and the line that says what was. */
export function DetailFooter({ callback, notice, onToggleHandled, onToggleViewed }: DetailFooterProps) {
  return (
    <footer className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-line border-t px-3 py-1.5">
      {canBeHandled(callback) && (
        <Button look="secondary" className="h-7" onClick={onToggleHandled}>
          {callback.handled ? 'Mark not handled' : 'Mark handled'}
        </Button>
      )}
      <Button look="secondary" className="h-7" onClick={onToggleViewed}>
        {callback.viewed ? 'Mark unviewed' : 'Mark viewed'}
      </Button>
      <a href={`/api/admin/llm-callbacks/${callback.id}/raw`} download className={buttonClass('secondary', 'h-7')}>
        <Download size={16} strokeWidth={1.75} aria-hidden="true" />
        Download raw
      </a>
      <NoticeLine notice={notice} />
    </footer>
  )
}

function NoticeLine({ notice }: { notice: Notice | null }) {
  return (
    <>
      <span role="status" className="ml-auto text-ink-2 text-meta">
        {notice && !notice.retry && notice.text}
      </span>
      {notice?.retry && (
        <span role="alert" className="flex items-center gap-2 text-danger text-meta">
          {notice.text}
          <Button look="secondary" className="h-7" onClick={notice.retry}>
            Try again
          </Button>
        </span>
      )}
    </>
  )
}

/** What stands under "Needs attention": failed, quarantined, or redelivered with other content. */
export function canBeHandled({ status, payloadState, variantOf }: LLMCallbackDetail): boolean {
  return status === 'failed' || payloadState === 'quarantined' || variantOf !== null
}
