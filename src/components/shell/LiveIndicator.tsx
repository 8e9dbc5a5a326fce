'use client'

import { lazy, Suspense } from 'react'
import { cn } from '../ui/cn'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { railLabel } from './rail'
import { useConnection } from './use-connection'

const LiveSettings = lazy(() => import('./LiveSettings'))

/** Whether callbacks show at once, and what is told of them: one dot, one popover. */
export function LiveIndicator() {
  const { word, dot } = useConnection()
  return (
    <Popover>
      <PopoverTrigger
        aria-label={`Notifications: ${word}`}
        className="flex h-8 w-full cursor-pointer items-center gap-2 rounded-control px-2.5 text-ink-2 hover:bg-accent-subtle hover:text-ink pointer-coarse:h-11"
      >
        <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center">
          <span className={cn('size-2 rounded-full', dot)} />
        </span>
        <span className={cn('truncate', railLabel)}>{word}</span>
      </PopoverTrigger>
      <PopoverContent side="top" align="start" aria-label="Notifications" className="w-80">
        <Suspense>
          <LiveSettings />
        </Suspense>
      </PopoverContent>
    </Popover>
  )
}
