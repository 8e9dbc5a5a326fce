'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import { Opener, OpenerTrigger, useOpener } from './opener'
import type { PopoverCard } from './popover-card'

const loadCard = () => import('./popover-card')
const LazyPopoverCard = lazy(async () => ({ default: (await loadCard()).PopoverCard }))

export const Popover = Opener

export function PopoverTrigger(props: ComponentProps<'button'>) {
  return <OpenerTrigger {...props} aria-haspopup="dialog" preload={loadCard} />
}

/** A raised card beside what opened it. */
export function PopoverContent(props: ComponentProps<typeof PopoverCard>) {
  const { isOpen } = useOpener()
  return isOpen ? (
    <Suspense>
      <LazyPopoverCard {...props} />
    </Suspense>
  ) : null
}
