'use client'

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { Attention } from '@/lib/llm-callbacks/attention-schemas'
import { formatCount } from '../../format'
import { PageHeader } from '../../page-header'
import { ResultLine } from '../../results/ResultLine'
import { Button } from '../../ui/button'
import { cn } from '../../ui/cn'
import { TabBar } from '../../ui/tab-bar'
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
      <TabBar
        label="Kinds"
        tabs={attentionTabs}
        current={tab}
        onChoose={(chosen) => void setUrl({ tab: chosen }, { history: 'push' })}
      >
        {(one) => (
          <>
            {tabNames[one]}
            {current[one] > 0 && (
              <span className="text-ink-2 text-meta">
                {formatCount(current[one])}
                {current[one] >= countMax && '+'}
              </span>
            )}
          </>
        )}
      </TabBar>
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
