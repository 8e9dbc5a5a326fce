'use client'

import { Radio } from 'lucide-react'
import { PageHeader } from '../../page-header'
import { Button } from '../../ui/button'
import { cn } from '../../ui/cn'
import type { Follow } from './use-follow'
import { formatMatchCount } from './use-match-count'

type HistoryHeaderProps = {
  follow: Follow
  /** Unviewed among what the filters match; undefined until it is known. */
  unviewedCount: number | undefined
  onMarkAll: () => void
}

export function HistoryHeader({ follow, unviewedCount, onMarkAll }: HistoryHeaderProps) {
  return (
    <PageHeader title="Callbacks">
      <div className="ml-auto flex items-center gap-2">
        <Button
          look="ghost"
          aria-pressed={follow.isOn}
          title="Bring new rows in at once ( l )"
          className={cn('h-7 px-2', follow.isOn && 'bg-accent-subtle text-ink')}
          onClick={follow.toggle}
        >
          <Radio size={16} strokeWidth={1.75} aria-hidden="true" />
          <span className="max-sm:sr-only">{follow.isPaused ? 'Paused' : 'Follow'}</span>
        </Button>
        {unviewedCount !== undefined && unviewedCount > 0 && (
          <Button look="secondary" className="h-7 px-2" onClick={onMarkAll}>
            Mark {formatMatchCount(unviewedCount)} viewed
          </Button>
        )}
      </div>
    </PageHeader>
  )
}
