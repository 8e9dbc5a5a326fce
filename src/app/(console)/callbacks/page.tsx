import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import type { SearchParams } from '@/app/search-params'
import { FirstCallbackWatch } from '@/components/admin/FirstCallbackWatch'
import { FirstRun } from '@/components/admin/FirstRun'
import { pageKey, pageQuery } from '@/components/admin/history/history-query'
import { type HistoryState, readHistoryState } from '@/components/admin/history/history-state'
import { LLMCallbackHistoryTab } from '@/components/admin/LLMCallbackHistoryTab'
import { PageHeader } from '@/components/page-header'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { type CallbackHistory, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { listSavedViews } from '@/lib/saved-views/list-saved-views'
import { builtInSlug, webhookUrlOf } from '@/lib/sources/source'
import { findSecretFile } from './find-secret-file'

export const metadata = { title: 'Callbacks' }

export default async function CallbacksPage({ searchParams }: { searchParams: SearchParams }) {
  const admin = await requirePageAdmin()
  const state = readHistoryState(await searchParams)
  const { db, environment, publicUrl } = getRuntime()
  const now = new Date()
  const [history, sourceCount, savedViews] = await Promise.all([
    readHistory(state, admin.id, now),
    db.$count(sources),
    listSavedViews(admin.id, db),
  ])
  if (history.items.length === 0 && !(await isAnythingThere(admin.id))) {
    return (
      <>
        <PageHeader title="Callbacks" />
        <FirstRun webhookUrl={webhookUrlOf(publicUrl, builtInSlug)} secretPath={findSecretFile(environment.dataDir)} />
        <FirstCallbackWatch />
      </>
    )
  }
  return (
    <LLMCallbackHistoryTab
      initial={{ key: pageKey(state), history, renderedAt: now.toISOString() }}
      savedViews={savedViews}
      showSource={sourceCount > 1}
      adminName={admin.name}
    />
  )
}

/** A cursor that can't be read leads to the newest page, as one of another life of the database does, instead of an error. */
async function readHistory(state: HistoryState, userId: string, now: Date): Promise<CallbackHistory> {
  const read = ({ cursor }: Pick<HistoryState, 'cursor'>) => {
    const query = new URLSearchParams(pageQuery({ ...state, cursor }, now.getTime()))
    return listCallbacks(historyInputSchema.parse(Object.fromEntries(query)), userId, getRuntime().db)
  }
  try {
    return await read(state)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid_cursor') throw error
    return { ...(await read({ cursor: null })), reset: true }
  }
}

async function isAnythingThere(userId: string): Promise<boolean> {
  const { items } = await listCallbacks(historyInputSchema.parse({ limit: '1' }), userId, getRuntime().db)
  return items.length > 0
}
