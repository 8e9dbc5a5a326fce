'use client'

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { Attention } from '@/lib/llm-callbacks/attention-schemas'
import { formatCount } from '../../format'
import { PageHeader } from '../../page-header'
import { ResultLine } from '../../results/ResultLine'
import { Button } from '../../ui/button'
import { cn } from '../../ui/cn'
import { AttentionCallbacks } from './AttentionCallbacks'
import { type AttentionTab, attentionTabs } from './attention-rows'
import { RejectedDeliveries } from './RejectedDeliveries'
import { useAttentionCounts } from './use-attention-counts'
import type { InitialAttention } from './use-attention-list'

const tabNames: Record<AttentionTab, string> = {
  failed: 'Failed',
  quarantined: 'Quarantined',
  changed: 'Changed',
  rejected: 'Rejected',
}
/** Where the server stops counting. */
const countMax = 1_000

type AttentionPageProps = {
  counts: Attention
  /** Null where the page came with the rejected deliveries open. */
  initial: InitialAttention | null
  renderedAt: string
  adminName: string
}

/** What the team has to deal with, by kind; empty once somebody has handled everything. */
export function AttentionPage({ counts, initial, renderedAt, adminName }: AttentionPageProps) {
  const [{ tab, handled }, setUrl] = useQueryStates({
    tab: parseAsStringLiteral(attentionTabs).withDefault('failed'),
    handled: parseAsBoolean.withDefault(false),
  })
  const current = useAttentionCounts(counts)
  return (
    <div className="flex min-h-full flex-col md:h-dvh">
      <PageHeader title="Needs attention">
        {tab !== 'rejected' && (
          <Button
            look="ghost"
            aria-pressed={handled}
            className={cn('ml-auto h-7 px-2', handled && 'bg-accent-subtle text-ink')}
            onClick={() => void setUrl({ handled: handled ? null : true }, { history: 'push' })}
          >
            Handled
          </Button>
        )}
      </PageHeader>
      <nav
        aria-label="Kinds"
        className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-line border-b bg-surface px-3 md:px-5"
      >
        {attentionTabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === tab ? 'page' : undefined}
            className={cn(
              'flex h-7 shrink-0 cursor-pointer items-center gap-1.5 rounded-control px-2 font-medium pointer-coarse:h-11',
              one === tab ? 'bg-accent-subtle text-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
            )}
            onClick={() => void setUrl({ tab: one }, { history: 'push' })}
          >
            {tabNames[one]}
            {current[one] > 0 && (
              <span className="text-ink-2 text-meta">
                {formatCount(current[one])}
                {current[one] >= countMax && '+'}
              </span>
            )}
          </button>
        ))}
      </nav>
      {tab === 'rejected' ? (
        <RejectedDeliveries renderedAt={renderedAt} />
      ) : (
        <AttentionCallbacks
          key={`${tab} ${handled}`}
          tab={tab}
          isHandled={handled}
          initial={initial}
          renderedAt={renderedAt}
          adminName={adminName}
        />
      )}
      <ResultLine />
    </div>
  )
}
