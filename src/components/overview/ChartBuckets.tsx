'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { plotMargins } from './plot-margins'

type ChartBucketsProps = {
  /** What each bucket says, oldest first. */
  labels: readonly string[]
  onOpen: (index: number) => void
}

/**
 * Over the plot, a button for each bucket: one tab stop, arrow keys between them, Enter opens. What has the focus or the pointer
 * is said below the chart.
 */
export function ChartBuckets({ labels, onOpen }: ChartBucketsProps) {
  const [tabStop, setTabStop] = useState(labels.length - 1)
  const [shown, setShown] = useState<number | null>(null)
  const group = useRef<HTMLDivElement>(null)
  const current = Math.min(tabStop, labels.length - 1)

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: labels.length - 1,
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    group.current?.querySelectorAll('button')[Math.max(0, Math.min(next, labels.length - 1))]?.focus()
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside take the keys */}
      <div
        ref={group}
        className="absolute flex"
        style={{ top: 0, left: plotMargins.left, right: plotMargins.right, bottom: plotMargins.bottom }}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setShown(null)}
      >
        {labels.map((label, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
            key={index}
            type="button"
            aria-label={label}
            tabIndex={index === current ? 0 : -1}
            className="min-w-0 flex-1 cursor-pointer hover:bg-ink/5 focus-visible:bg-ink/5"
            onFocus={() => {
              setTabStop(index)
              setShown(index)
            }}
            onBlur={() => setShown(null)}
            onMouseEnter={() => setShown(index)}
            onClick={() => onOpen(index)}
          />
        ))}
      </div>
      <p aria-hidden="true" className="absolute inset-x-0 bottom-0 truncate text-ink-2 text-meta">
        {shown === null ? '' : labels[shown]}
      </p>
    </>
  )
}
