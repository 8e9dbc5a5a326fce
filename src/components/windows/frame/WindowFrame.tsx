import type { ReactNode } from 'react'
import { Rnd } from 'react-rnd'
import { cn } from '../../ui/cn'
import { type Size, windowMin } from '../geometry'
import type { CallbackWindow } from '../window-state'
import { dispatchToWindows } from '../window-store'

type WindowFrameProps = {
  window: CallbackWindow
  viewport: Size
  isFullScreen: boolean
  isHidden: boolean
  /** Among the windows. */
  zIndex: number
  children: ReactNode
}

/** By which a window is dragged: its title bar. */
export const dragHandleClass = 'callback-window-handle'

/** Where a window stands and how large it is; dragged by its title bar, resized by its edges. */
export function WindowFrame({
  window: { key, rect },
  viewport,
  isFullScreen,
  isHidden,
  zIndex,
  children,
}: WindowFrameProps) {
  const shown = isFullScreen ? { x: 0, y: 0, ...viewport } : rect
  return (
    <Rnd
      position={{ x: shown.x, y: shown.y }}
      size={{ width: shown.width, height: shown.height }}
      minWidth={isFullScreen ? undefined : windowMin.width}
      minHeight={isFullScreen ? undefined : windowMin.height}
      bounds="parent"
      dragHandleClassName={dragHandleClass}
      cancel="button, a, input, select"
      disableDragging={isFullScreen}
      enableResizing={!isFullScreen}
      // It would write a style element, which the content security policy forbids; the handle can't be selected anyway.
      enableUserSelectHack={false}
      onDragStop={(_event, { x, y }) => {
        if (x !== rect.x || y !== rect.y) dispatchToWindows({ do: 'place', key, rect: { ...rect, x, y } })
      }}
      onResizeStop={(_event, _direction, element, _delta, position) =>
        dispatchToWindows({
          do: 'place',
          key,
          rect: { ...position, width: element.offsetWidth, height: element.offsetHeight },
        })
      }
      style={{ zIndex }}
      className={cn('pointer-events-auto', isHidden && 'hidden!')}
    >
      {children}
    </Rnd>
  )
}
