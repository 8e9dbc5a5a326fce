import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import type { SearchParams } from '@/app/search-params'
import { AttentionPage } from '@/components/admin/attention/AttentionPage'
import { attentionQuery, attentionTabs, toAttentionList } from '@/components/admin/attention/attention-rows'
import type { InitialAttention } from '@/components/admin/attention/use-attention-list'
import { countAttention } from '@/lib/llm-callbacks/count-attention'
import { foldFailures } from '@/lib/llm-callbacks/fold-failures'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'

export const metadata = { title: 'Needs attention' }

export default async function NeedsAttentionPage({ searchParams }: { searchParams: SearchParams }) {
  const admin = await requirePageAdmin()
  const { tab: wanted, handled } = await searchParams
  const tab = attentionTabs.find((one) => one === wanted) ?? 'failed'
  const now = new Date()
  const [counts, initial] = await Promise.all([
    countAttention(now, getRuntime().db),
    tab === 'rejected' ? null : readList(tab, handled === 'true', admin.id, now),
  ])
  return <AttentionPage counts={counts} initial={initial} renderedAt={now.toISOString()} adminName={admin.name} />
}

async function readList(
  tab: InitialAttention['tab'],
  isHandled: boolean,
  userId: string,
  now: Date,
): Promise<InitialAttention> {
  const { db } = getRuntime()
  const answer =
    tab === 'failed'
      ? await foldFailures({ handled: isHandled }, userId, db)
      : await listCallbacks(
          historyInputSchema.parse(Object.fromEntries(new URLSearchParams(attentionQuery(tab, isHandled)))),
          userId,
          db,
        )
  return { tab, isHandled, list: toAttentionList(answer), renderedAt: now.toISOString() }
}
