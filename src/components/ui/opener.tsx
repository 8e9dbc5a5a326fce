'use client'

import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'

type OpenerState = {
  isOpen: boolean
  setIsOpen: (isOpen: boolean) => void
  triggerRef: RefObject<HTMLButtonElement | null>
  triggerId: string
  contentId: string
  /** Whether a key opened it, which then goes on inside. */
  isByKeyRef: RefObject<boolean>
}

const OpenerContext = createContext<OpenerState | null>(null)

type OpenerProps = { open?: boolean; onOpenChange?: (isOpen: boolean) => void; children: ReactNode }

/**
 * A button and what it opens. The button is plain; what it opens is fetched when it is first wanted, so that a page
 * with a dozen menus loads the code of none of them. Without `open` it keeps its own state.
 */
export function Opener({ open, onOpenChange, children }: OpenerProps) {
  const [isOpenHere, setIsOpenHere] = useState(false)
  const triggerRef = useRef<HTMLButtonElement>(null)
  const isByKeyRef = useRef(false)
  const id = useId()
  const isOpen = open ?? isOpenHere
  const state = useMemo(
    () => ({
      isOpen,
      setIsOpen: (next: boolean) => {
        setIsOpenHere(next)
        onOpenChange?.(next)
      },
      triggerRef,
      triggerId: `${id}trigger`,
      contentId: `${id}content`,
      isByKeyRef,
    }),
    [isOpen, onOpenChange, id],
  )
  return <OpenerContext value={state}>{children}</OpenerContext>
}

export function useOpener(): OpenerState {
  const state = useContext(OpenerContext)
  if (!state) throw new Error('This belongs into an Opener')
  return state
}

type OpenerTriggerProps = ComponentProps<'button'> & {
  'aria-haspopup': 'menu' | 'dialog'
  /** Fetches what will be opened: called as soon as the pointer or the focus is on the button. */
  preload: () => void
}

export function OpenerTrigger({ preload, onClick, ...props }: OpenerTriggerProps) {
  const { isOpen, setIsOpen, triggerRef, triggerId, contentId, isByKeyRef } = useOpener()
  return (
    <button
      ref={triggerRef}
      id={triggerId}
      type="button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? contentId : undefined}
      data-state={isOpen ? 'open' : 'closed'}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={(event) => {
        onClick?.(event)
        // A press of Enter or Space counts no clicks.
        isByKeyRef.current = event.detail === 0
        setIsOpen(!isOpen)
      }}
      {...props}
    />
  )
}

/** What a card does on its way out: a press on the button that opened it closes it once, and the focus returns. */
export function useCardHandlers() {
  const { triggerRef } = useOpener()
  const hasInteractedOutside = useRef(false)
  const isOnTrigger = (target: EventTarget | null) => target instanceof Node && triggerRef.current?.contains(target)
  return {
    onInteractOutside: (event: Event) => {
      if (isOnTrigger(event.target)) event.preventDefault()
      else hasInteractedOutside.current = true
    },
    onCloseAutoFocus: (event: Event) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      if (!hasInteractedOutside.current) triggerRef.current?.focus()
    },
  }
}
