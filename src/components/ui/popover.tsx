'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export const Popover = Primitive.Root
export const PopoverTrigger = Primitive.Trigger

/** A raised card beside what opened it. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 w-72 rounded-card border border-line bg-raised p-3 text-body text-ink shadow-menu outline-none',
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  )
}
