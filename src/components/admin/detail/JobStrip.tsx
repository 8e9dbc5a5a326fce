import { useState } from 'react'
import type { JobCallback } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { cutMiddle, formatDuration } from '../../format'
import { cn } from '../../ui/cn'
import { StatusIcon } from '../StatusBadge'

const chipsMax = 8
const nameCharactersMax = 24

type JobStripProps = { callbacks: readonly JobCallback[]; currentId: string; onStep: (id: string) => void }

/** Everything that came of the same job, in order of arrival. Nothing where this one is alone. */
export function JobStrip({ callbacks, currentId, onStep }: JobStripProps) {
  const [isWhole, setIsWhole] = useState(false)
  if (callbacks.length < 2) return null
  const shown = isWhole ? callbacks : aroundCurrent(callbacks, currentId)
  return (
    <nav aria-label="This job" className="flex flex-wrap items-center gap-1">
      <span className="mr-1 text-ink-2 text-meta">This job</span>
      {shown.map((callback) => (
        <button
          key={callback.id}
          type="button"
          aria-current={callback.id === currentId || undefined}
          onClick={() => onStep(callback.id)}
          className={cn(
            'inline-flex h-6 cursor-pointer items-center gap-1 rounded-control border border-line bg-surface px-1.5 text-meta hover:bg-sunken pointer-coarse:h-11',
            callback.id === currentId && 'border-accent outline outline-accent',
          )}
        >
          <StatusIcon callback={callback} />
          <bdi className="font-mono">{nameOf(callback)}</bdi>
          {callback.durationMs !== null && <span className="text-ink-2">{formatDuration(callback.durationMs)}</span>}
        </button>
      ))}
      {shown.length < callbacks.length && (
        <button
          type="button"
          aria-label={`Show ${callbacks.length - shown.length} more of this job`}
          onClick={() => setIsWhole(true)}
          className="h-6 cursor-pointer rounded-control px-1.5 text-accent text-meta hover:bg-sunken pointer-coarse:h-11"
        >
          +{callbacks.length - shown.length}
        </button>
      )}
    </nav>
  )
}

function aroundCurrent(callbacks: readonly JobCallback[], currentId: string): readonly JobCallback[] {
  const at = callbacks.findIndex(({ id }) => id === currentId)
  const start = Math.max(0, Math.min(at - chipsMax / 2, callbacks.length - chipsMax))
  return callbacks.slice(start, start + chipsMax)
}

function nameOf({ stepId, eventType }: JobCallback): string {
  return cutMiddle(visibleText(stepId ?? eventType ?? 'unknown'), nameCharactersMax)
}
