import { type FocusEvent, type PointerEvent, useEffect, useState } from 'react'

const hoverDelayMs = 400

/**
 * Whether the line beside a link of the rail shows: after resting on it, at once on keyboard focus, until Esc. On every
 * page from the start, it does without the floating tooltips' code: its place never changes.
 */
export function useTip() {
  const [isWaiting, setIsWaiting] = useState(false)
  const [isShown, setIsShown] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setIsShown(true), hoverDelayMs)
    return () => clearTimeout(timer)
  }, [isWaiting])
  function hide() {
    setIsWaiting(false)
    setIsShown(false)
  }
  useEffect(() => {
    if (!isShown) return
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && setIsShown(false)
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [isShown])
  return {
    isShown,
    handlers: {
      onPointerEnter: (event: PointerEvent) => setIsWaiting(event.pointerType === 'mouse'),
      onPointerLeave: hide,
      onPointerDown: hide,
      onFocus: (event: FocusEvent) => setIsShown(event.currentTarget.matches(':focus-visible')),
      onBlur: hide,
    },
  }
}
