'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A box with a state of its own; `indeterminate` for some of many. Needs a name. */
export function Checkbox({ className, checked, ...props }: ComponentProps<typeof Primitive.Root>) {
  const Icon = checked === 'indeterminate' ? Minus : Check
  return (
    <Primitive.Root
      checked={checked}
      className={cn(
        'grid size-4 shrink-0 cursor-pointer place-items-center rounded-badge border border-line-strong bg-surface text-on-accent',
        'data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
        className,
      )}
      {...props}
    >
      <Primitive.Indicator>
        <Icon size={12} strokeWidth={2.5} aria-hidden="true" />
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
