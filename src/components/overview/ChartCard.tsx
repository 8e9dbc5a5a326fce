'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { useShortcuts } from '../keyboard/shortcuts'
import { Button } from '../ui/button'

type ChartCardProps = {
  title: string
  /** One sentence that says what the chart shows: its name. */
  summary: string
  chart: ReactNode
  table: ReactNode
}

/** A chart with its numbers a key away: `v` while the focus is in it, or its button. */
export function ChartCard({ title, summary, chart, table }: ChartCardProps) {
  const [isTable, setIsTable] = useState(false)
  const card = useRef<HTMLElement>(null)
  const summaryId = useId()
  useShortcuts('page', [{ keys: 'v', label: 'Chart as table', run: () => setIsTable((was) => !was) }], card)
  return (
    <figure ref={card} aria-labelledby={summaryId} className="min-w-0 rounded-card border border-line bg-surface p-4">
      <div className="mb-3 flex items-start justify-between gap-2">
        <figcaption className="grid min-w-0 gap-0.5">
          <h2 className="font-semibold text-form">{title}</h2>
          <p id={summaryId} className="text-ink-2 text-meta">
            {summary}
          </p>
        </figcaption>
        <Button
          look="ghost"
          className="h-7 px-2"
          aria-pressed={isTable}
          aria-keyshortcuts="v"
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </div>
      {isTable ? <div className="max-h-[300px] overflow-auto">{table}</div> : chart}
    </figure>
  )
}
