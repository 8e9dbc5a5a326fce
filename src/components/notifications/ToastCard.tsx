import { ArrowRight, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { needsAttention } from '../admin/actions/needs-attention'
import { StatusIcon } from '../admin/StatusBadge'
import { formatCount } from '../format'
import { Time } from '../time'
import { buttonClass } from '../ui/button'
import { cn } from '../ui/cn'
import { openCallback } from '../windows/open-callback'
import { toastWords } from './toast-words'
import type { CallbackToast } from './toasts'

/** More ids than these make too long a URL; the unviewed ones hold them all. */
const idsMax = 100

type ToastCardProps = { toast: CallbackToast; onClose: () => void }

/** One toast: what came, what it says, and the way to it. */
export function ToastCard({ toast, onClose }: ToastCardProps) {
  const { title, detail, says } = toastWords(toast)
  const problems = toast.callbacks.filter(needsAttention)
  // What a reader should see first stands for the whole.
  const shown = problems.at(-1) ?? toast.callbacks.at(-1)
  const isSummary = toast.kind === 'summary' || toast.kind === 'away'
  if (shown === undefined) return null
  return (
    <div
      className={cn(
        // The list that it stands in names fonts of its own.
        'flex w-full gap-2.5 rounded-card border border-line bg-raised p-3 font-sans text-body text-ink shadow-window',
        problems.length > 0 && 'border-l-[3px] border-l-danger-solid bg-danger-subtle',
      )}
    >
      <span className="mt-0.5">
        <StatusIcon callback={shown} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <bdi dir="auto" className={cn('min-w-0 flex-1 font-semibold', !isSummary && 'truncate')}>
            {title}
          </bdi>
          {!isSummary && (
            <Time at={shown.createdAt} renderedAt={shown.createdAt} className="shrink-0 text-ink-2 text-meta" />
          )}
        </p>
        <p className="truncate text-ink-2 text-meta">
          <bdi dir="auto">{detail}</bdi>
        </p>
        {says !== null && (
          <p className="mt-0.5 line-clamp-2 [overflow-wrap:anywhere]">
            <bdi dir="auto">{says}</bdi>
          </p>
        )}
        <div className="mt-2 flex flex-wrap gap-2">
          <Ways toast={toast} problems={problems} onClose={onClose} />
        </div>
      </div>
      <button
        type="button"
        aria-label="Close"
        onClick={onClose}
        className={buttonClass('ghost', 'h-6 w-6 self-start px-0 pointer-coarse:h-11 pointer-coarse:w-11')}
      >
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  )
}

type WaysProps = ToastCardProps & { problems: CallbackToast['callbacks'] }

function Ways({ toast: { kind, callbacks }, problems, onClose }: WaysProps) {
  const router = useRouter()
  const open = (callback: CallbackToast['callbacks'][number] | undefined) => {
    onClose()
    if (callback) openCallback(callback.id, { summary: callback })
  }
  const small = buttonClass('secondary', 'h-7 px-2 text-meta')
  if (kind === 'callback' || kind === 'steps') {
    return (
      <button type="button" className={small} onClick={() => open(callbacks.at(-1))}>
        View Details
      </button>
    )
  }
  const query = callbacks.length > idsMax ? 'viewed=false' : `ids=${callbacks.map(({ id }) => id).join(',')}`
  return (
    <>
      <button
        type="button"
        className={small}
        onClick={() => {
          onClose()
          router.push(`/callbacks?${query}`)
        }}
      >
        View {formatCount(callbacks.length)}
        <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {problems.length === 1 && (
        <button type="button" className={small} onClick={() => open(problems[0])}>
          View failure
        </button>
      )}
    </>
  )
}
