'use client'

import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { closeResult, useResult } from './results'

/** How long there is to undo something. */
const shownMs = 8_000

/** Where the page says what came of the reader's acts. The clock stands still while it is pointed at or focused. */
export function ResultLine() {
  const result = useResult()
  const [isHeld, setIsHeld] = useState(false)

  useEffect(() => {
    if (result === null || result.isFailure || isHeld) return
    const timer = setTimeout(closeResult, shownMs)
    return () => clearTimeout(timer)
  }, [result, isHeld])
  useEffect(() => closeResult, [])

  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-4 z-40 flex justify-center max-md:bottom-20">
      <span role="status" className="sr-only">
        {result !== null && !result.isFailure && result.text}
      </span>
      <span role="alert" className="sr-only">
        {result?.isFailure && result.text}
      </span>
      {result !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only stops the clock.
        <div
          className={cn(
            'pointer-events-auto flex min-h-10 max-w-full items-center gap-2 rounded-card border border-line-strong bg-raised py-1 pr-1 pl-3 text-body text-ink shadow-window',
            result.isFailure && 'border-danger-solid',
          )}
          onPointerEnter={() => setIsHeld(true)}
          onPointerLeave={() => setIsHeld(false)}
          onFocus={() => setIsHeld(true)}
          onBlur={() => setIsHeld(false)}
        >
          <span aria-hidden="true" className="min-w-0">
            {result.text}
          </span>
          {result.action && (
            <Button
              look="ghost"
              className="text-accent hover:text-accent"
              onClick={() => {
                const { run } = result.action ?? {}
                closeResult()
                setIsHeld(false)
                run?.()
              }}
            >
              {result.action.label}
            </Button>
          )}
          <Button look="ghost" className="w-8 px-0 pointer-coarse:w-11" aria-label="Close" onClick={closeResult}>
            <X size={16} strokeWidth={1.75} aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  )
}
