import { type KeyboardEvent, useState } from 'react'
import type { CallbackWindow } from '../window-state'
import { dispatchToWindows } from '../window-store'

export type Adjustment = 'move' | 'resize'

const stepPx = 16
const largeStepPx = 64

const directions: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** Moving or resizing a window by arrow keys, until Enter or Esc. `onKeyDown` says whether it took the key. */
export function useArrowAdjustment({ key, rect }: CallbackWindow) {
  const [adjustment, setAdjustment] = useState<Adjustment | null>(null)

  function onKeyDown(event: KeyboardEvent): boolean {
    if (adjustment === null) return false
    const direction = directions[event.key]
    if (direction) {
      const step = event.shiftKey ? largeStepPx : stepPx
      const by = { x: direction.x * step, y: direction.y * step }
      const placed =
        adjustment === 'move'
          ? { ...rect, x: rect.x + by.x, y: rect.y + by.y }
          : { ...rect, width: rect.width + by.x, height: rect.height + by.y }
      dispatchToWindows({ do: 'place', key, rect: placed })
    } else if (event.key === 'Enter' || event.key === 'Escape') setAdjustment(null)
    else return false
    event.preventDefault()
    return true
  }

  return { adjustment, start: setAdjustment, stop: () => setAdjustment(null), onKeyDown }
}
