'use client'

import { createPortal } from 'react-dom'
import { visibleText } from '@/lib/text/visible-text'
import { useCommands } from '../commands/commands'
import { useShortcuts } from '../keyboard/shortcuts'
import { TooltipProvider } from '../ui/tooltip'
import { CallbackWindow } from '../windows/CallbackWindow'
import type { Viewer } from '../windows/CallbackWindows'
import { useCallbackList } from '../windows/callback-list'
import { useInertPage } from '../windows/frame/use-inert-page'
import { WindowDock } from '../windows/frame/WindowDock'
import { moveBetweenWindows } from '../windows/frame/window-focus'
import { floatingWidthMin } from '../windows/geometry'
import { openWindows } from '../windows/window-state'
import { dispatchToWindows, useWindows } from '../windows/window-store'

/** The windows in which callbacks are read: several beside each other, over whatever page there is. */
export function LLMCallbackDetailModal({ viewer }: { viewer: Viewer }) {
  const state = useWindows()
  const list = useCallbackList()
  const open = openWindows(state)
  const focused = open.at(-1)
  const isPlaceable = state.viewport.width >= floatingWidthMin
  const isModal = focused !== undefined && (!isPlaceable || focused.mode === 'maximised')
  useInertPage(isModal)
  useShortcuts('console', [
    { keys: 'F6', label: 'Next window or page', inFields: true, run: () => moveBetweenWindows(1, list) },
    { keys: 'Shift+F6', label: 'Previous window or page', inFields: true, run: () => moveBetweenWindows(-1, list) },
  ])
  useCommands(
    'Open callbacks',
    state.windows.map(({ key, summary, callbackId }) => ({
      id: `window:${callbackId}`,
      label: summary?.workflowName == null ? `Callback ${callbackId.slice(0, 8)}` : visibleText(summary.workflowName),
      run: () => dispatchToWindows({ do: 'focus', key }),
    })),
  )
  if (state.windows.length === 0) return null
  // In the order in which they were opened: to change places in the document would lose their scroll and focus.
  const stable = [...state.windows].sort((one, other) => one.key - other.key)
  return createPortal(
    <TooltipProvider>
      <section aria-label="Open callbacks" className="pointer-events-none fixed inset-0 z-30">
        {stable.map((window) => (
          <CallbackWindow
            key={window.key}
            window={window}
            viewer={viewer}
            viewport={state.viewport}
            isModal={isModal && window === focused}
            isHidden={window.mode === 'minimised' || (isModal && window !== focused)}
            isFocused={window === focused}
            focusTurn={state.focusTurn}
            isPlaceable={isPlaceable}
            zIndex={state.windows.indexOf(window)}
          />
        ))}
        {!isModal && <WindowDock windows={stable.filter(({ mode }) => mode === 'minimised')} />}
      </section>
    </TooltipProvider>,
    document.body,
  )
}
