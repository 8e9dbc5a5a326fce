'use client'

import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** Around what has tooltips: once one of them was waited for, its neighbours show theirs at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Primitive.Provider delayDuration={400}>{children}</Primitive.Provider>
}

type TooltipProps = {
  /** Never the only place that says something, but for exact values that the details have as well. */
  content: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that can take the focus. */
  children: ReactNode
}

/** A line that opens on hover and on focus, and closes with Esc. */
export function Tooltip({ content, side = 'top', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-80 rounded-control border border-line bg-raised px-2 py-1 text-ink text-meta shadow-menu [overflow-wrap:anywhere]"
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
