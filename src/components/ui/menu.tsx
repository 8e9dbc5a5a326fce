'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { Kbd } from './kbd'

export const Menu = Primitive.Root
export const MenuTrigger = Primitive.Trigger
export const MenuRadioGroup = Primitive.RadioGroup

const itemClass =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-control px-2 outline-none data-disabled:opacity-60 data-highlighted:bg-accent-subtle pointer-coarse:h-11 [&>svg]:size-4 [&>svg]:shrink-0'

/** A menu that opens from a button; arrow keys, letters and Esc work in it. */
export function MenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 min-w-44 rounded-card border border-line bg-raised p-1 text-body text-ink shadow-menu outline-none',
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
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
      <Primitive.ItemIndicator className="ml-auto">
        <Check size={16} strokeWidth={1.75} aria-hidden="true" />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

export function MenuCheckboxItem({ children, className, ...props }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={cn(itemClass, className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check size={16} strokeWidth={1.75} aria-hidden="true" />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-2 pb-1 text-ink-2 text-meta">{children}</Primitive.Label>
}

export function MenuSeparator() {
  return <Primitive.Separator className="my-1 h-px bg-line" />
}
