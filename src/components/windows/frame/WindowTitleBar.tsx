import { ChevronDown, ChevronUp, Link2, Maximize2, Minimize2, Minus, Pin, PinOff, X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { StatusBadge, statusLooks, statusShown } from '../../admin/StatusBadge'
import type { BadgeTone } from '../../ui/badge'
import { buttonClass } from '../../ui/button'
import { cn } from '../../ui/cn'
import { Tooltip } from '../../ui/tooltip'
import type { CallbackWindow } from '../window-state'
import { dispatchToWindows } from '../window-store'
import { dragHandleClass } from './WindowFrame'

const edges: Record<BadgeTone, string> = {
  success: 'border-t-success-solid',
  danger: 'border-t-danger-solid',
  warning: 'border-t-warning-solid',
  info: 'border-t-info-solid',
  waiting: 'border-t-waiting-solid',
  neutral: 'border-t-neutral-solid',
}

type WindowTitleBarProps = {
  window: CallbackWindow
  titleId: string
  /** Null until anything is known of it. */
  callback: Pick<LLMCallbackSummary, 'status' | 'payloadState' | 'workflowName'> | null
  stepping: { position: number; total: number; toNext?: () => void; toPrevious?: () => void } | null
  isPlaceable: boolean
  onCopyLink: () => void
  onMinimise: () => void
  onClose: () => void
  menu: ReactNode
}

/** 44 px, with an edge in the colour of the status: what it is, where it stands in the list, and what can be done to the window. */
export function WindowTitleBar(props: WindowTitleBarProps) {
  const { window, titleId, callback, stepping, isPlaceable, onCopyLink, onMinimise, onClose, menu } = props
  const { key, isPinned, mode } = window
  const name = callback?.workflowName == null ? 'Callback' : visibleText(callback.workflowName)
  const MaximiseIcon = mode === 'maximised' ? Minimize2 : Maximize2
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the button that does the same.
    <header
      className={cn(
        '@container flex h-11 shrink-0 select-none items-center gap-0.5 border-t-3 border-b border-b-line pr-1.5 pl-3',
        callback ? edges[statusLooks[statusShown(callback)].tone] : 'border-t-line-strong',
        dragHandleClass,
        mode === 'floating' && isPlaceable && 'cursor-move',
      )}
      onDoubleClick={() => isPlaceable && dispatchToWindows({ do: 'toggleMaximised', key })}
    >
      {callback && <StatusBadge callback={callback} />}
      <h2 id={titleId} className="min-w-0 flex-1 truncate px-1.5 font-semibold text-form">
        <bdi dir="auto">{name}</bdi>
      </h2>
      {stepping && (
        <>
          <span className="shrink-0 text-ink-2 text-meta @max-[26rem]:hidden">
            {stepping.position} of {stepping.total}
          </span>
          <BarButton label="Previous callback" onClick={stepping.toPrevious} disabled={!stepping.toPrevious}>
            <ChevronUp />
          </BarButton>
          <BarButton label="Next callback" onClick={stepping.toNext} disabled={!stepping.toNext}>
            <ChevronDown />
          </BarButton>
        </>
      )}
      <BarButton
        label="Pin"
        aria-pressed={isPinned}
        className="@max-[34rem]:hidden"
        onClick={() => dispatchToWindows({ do: 'togglePinned', key })}
      >
        {isPinned ? <PinOff /> : <Pin />}
      </BarButton>
      <BarButton label="Copy link" className="@max-[34rem]:hidden" onClick={onCopyLink}>
        <Link2 />
      </BarButton>
      {menu}
      <BarButton label="Minimise" className="@max-[26rem]:hidden" onClick={onMinimise}>
        <Minus />
      </BarButton>
      {isPlaceable && (
        <BarButton
          label={mode === 'maximised' ? 'Restore size' : 'Maximise'}
          className="@max-[26rem]:hidden"
          onClick={() => dispatchToWindows({ do: 'toggleMaximised', key })}
        >
          <MaximiseIcon />
        </BarButton>
      )}
      <BarButton label="Close" onClick={onClose}>
        <X />
      </BarButton>
    </header>
  )
}

function BarButton({ label, className, ...props }: ComponentProps<'button'> & { label: string }) {
  return (
    <Tooltip content={label} side="bottom">
      <button
        type="button"
        aria-label={label}
        className={buttonClass('ghost', cn('h-7 w-7 px-0 pointer-coarse:w-11 [&_svg]:size-4', className))}
        {...props}
      />
    </Tooltip>
  )
}
