import { Check } from 'lucide-react'
import { Menu as Primitive } from 'radix-ui/internal'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { Kbd } from './kbd'
import { useCardHandlers, useOpener } from './opener'

export const MenuRadioGroup = Primitive.RadioGroup

const itemClass =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-control px-2 outline-none data-disabled:opacity-60 data-highlighted:bg-accent-subtle pointer-coarse:h-11 [&>svg]:size-4 [&>svg]:shrink-0'

type MenuCardProps = Omit<ComponentProps<typeof Primitive.Content>, 'onInteractOutside'>

/** The card of a menu that is open; arrow keys, letters and Esc work in it. */
export function MenuCard({ className, onCloseAutoFocus, ...props }: MenuCardProps) {
  const { setIsOpen, triggerRef, triggerId, contentId, isByKeyRef } = useOpener()
  const handlers = useCardHandlers()
  return (
    // Never modal: that writes a style element against scrolling, which the content security policy forbids.
    <Primitive.Root open onOpenChange={setIsOpen} modal={false}>
      <Primitive.Anchor virtualRef={triggerRef} />
      <Primitive.Portal>
        <Primitive.Content
          id={contentId}
          aria-labelledby={triggerId}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 min-w-44 rounded-card border border-line bg-raised p-1 text-body text-ink shadow-menu outline-none',
            className,
          )}
          {...handlers}
          onFocus={(event) => {
            if (!isByKeyRef.current || event.target !== event.currentTarget) return
            isByKeyRef.current = false
            event.currentTarget.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus()
          }}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event)
            handlers.onCloseAutoFocus(event)
          }}
          {...props}
        />
      </Primitive.Portal>
    </Primitive.Root>
  )
}

type MenuItemProps = ComponentProps<typeof Primitive.Item> & {
  /** The shortcut that does the same, as `useShortcuts` names it. */
  keys?: string
  children: ReactNode
}

export function MenuItem({ keys, className, children, ...props }: MenuItemProps) {
  return (
    <Primitive.Item className={cn(itemClass, className)} {...props}>
      {children}
      {keys && <Kbd keys={keys} className="ml-auto" />}
    </Primitive.Item>
  )
}

export function MenuRadioItem({ children, className, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(itemClass, className)} {...props}>
      {children}
      <CheckedMark />
    </Primitive.RadioItem>
  )
}

export function MenuCheckboxItem({ children, className, ...props }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={cn(itemClass, className)} {...props}>
      {children}
      <CheckedMark />
    </Primitive.CheckboxItem>
  )
}

function CheckedMark() {
  return (
    <Primitive.ItemIndicator className="ml-auto">
      <Check size={16} strokeWidth={1.75} aria-hidden="true" />
    </Primitive.ItemIndicator>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-2 pb-1 text-ink-2 text-meta">{children}</Primitive.Label>
}

export function MenuSeparator() {
  return <Primitive.Separator className="my-1 h-px bg-line" />
}
