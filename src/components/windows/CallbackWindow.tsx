import { useEffect, useId, useRef } from 'react'
import { LLMCallbackDetail } from '../admin/LLMCallbackDetail'
import { useShortcuts } from '../keyboard/shortcuts'
import type { Viewer } from './CallbackWindows'
import { useCallbackList } from './callback-list'
import { useCallbackDetail } from './data/use-callback-detail'
import { useArrowAdjustment } from './frame/use-arrow-adjustment'
import { WindowFrame } from './frame/WindowFrame'
import { WindowMenu } from './frame/WindowMenu'
import { WindowTitleBar } from './frame/WindowTitleBar'
import { elementIdOf, focusWindow, leaveWindow, loopTab } from './frame/window-focus'
import type { Size } from './geometry'
import { copyText, useNotice } from './use-notice'
import { useStepping } from './use-stepping'
import { useViewing } from './use-viewing'
import type { CallbackWindow as WindowOfState } from './window-state'
import { dispatchToWindows } from './window-store'

type CallbackWindowProps = {
  window: WindowOfState
  viewer: Viewer
  viewport: Size
  /** The whole screen, and nothing else can be reached. */
  isModal: boolean
  isHidden: boolean
  isFocused: boolean
  focusTurn: number
  isPlaceable: boolean
  zIndex: number
}

/** One callback in one window: its place, its keys, and where the keyboard's focus goes. */
export function CallbackWindow(props: CallbackWindowProps) {
  const { window, viewer, viewport, isModal, isHidden, isFocused, focusTurn, isPlaceable, zIndex } = props
  const { key, callbackId, summary } = window
  const ref = useRef<HTMLDivElement>(null)
  const titleId = useId()
  const list = useCallbackList()
  const stepping = useStepping(window)
  const adjustment = useArrowAdjustment(window)
  const { notice, say } = useNotice()
  const loading = useCallbackDetail(callbackId, viewer)
  const known = loading.detail ?? summary
  useViewing(window, { isThere: loading.detail !== undefined, say })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is the request itself.
  useEffect(() => {
    if (isFocused) focusWindow(key)
  }, [isFocused, focusTurn, key])

  const close = () => leaveWindow('close', window, list)
  const minimise = () => leaveWindow('minimise', window, list)
  const copyLink = () => copyText(`${location.origin}/callbacks/${callbackId}`, 'Link', say)
  useShortcuts(
    'window',
    [
      { keys: 'Escape', label: 'Close', run: close },
      { keys: 'j', label: 'Next callback', run: () => stepping?.toNext?.() },
      { keys: 'k', label: 'Previous callback', run: () => stepping?.toPrevious?.() },
      { keys: 'y', label: 'Copy link', run: copyLink },
      { keys: '-', label: 'Minimise', run: minimise },
      { keys: '=', label: 'Maximise', run: () => isPlaceable && dispatchToWindows({ do: 'toggleMaximised', key }) },
    ],
    ref,
  )

  return (
    <WindowFrame window={window} viewport={viewport} isFullScreen={isModal} isHidden={isHidden} zIndex={zIndex}>
      <div
        ref={ref}
        id={elementIdOf(key)}
        role="dialog"
        aria-modal={isModal || undefined}
        aria-labelledby={titleId}
        tabIndex={-1}
        className={
          isModal
            ? 'flex h-full flex-col bg-surface outline-none'
            : 'flex h-full flex-col overflow-hidden rounded-window border border-line bg-surface shadow-window outline-none focus-visible:outline-2 focus-visible:outline-ring dark:bg-raised'
        }
        onPointerDownCapture={() => dispatchToWindows({ do: 'focus', key })}
        onFocusCapture={() => dispatchToWindows({ do: 'focus', key })}
        onBlur={({ relatedTarget }) => {
          if (!ref.current?.contains(relatedTarget)) adjustment.stop()
        }}
        onKeyDown={(event) => {
          if (!ref.current?.contains(event.target as Node) || adjustment.onKeyDown(event)) return
          if (event.key === 'Tab') loopTab(event.nativeEvent, ref.current)
        }}
      >
        <WindowTitleBar
          window={window}
          titleId={titleId}
          callback={known}
          stepping={stepping}
          isPlaceable={isPlaceable}
          onCopyLink={copyLink}
          onMinimise={minimise}
          onClose={close}
          menu={
            <WindowMenu
              window={window}
              isPlaceable={isPlaceable}
              onCopyLink={copyLink}
              onMinimise={minimise}
              onAdjust={(wanted) => {
                adjustment.start(wanted)
                ref.current?.focus()
              }}
            />
          }
        />
        {adjustment.adjustment && (
          <p role="status" className="border-line border-b bg-accent-subtle px-3 py-1 text-meta">
            {adjustment.adjustment === 'move' ? 'Move' : 'Resize'} with the arrow keys, in larger steps with Shift.
            Enter when done.
          </p>
        )}
        <LLMCallbackDetail window={window} loading={loading} viewer={viewer} within={ref} notice={notice} say={say} />
      </div>
    </WindowFrame>
  )
}
