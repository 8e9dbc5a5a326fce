import Link from 'next/link'
import { redirect } from 'next/navigation'
import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import type { SearchParams } from '@/app/search-params'
import { FirstRun } from '@/components/admin/FirstRun'
import { LLMCallbackHistoryTab } from '@/components/admin/LLMCallbackHistoryTab'
import { PageHeader } from '@/components/page-header'
import { buttonClass } from '@/components/ui/button'
import { sources } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import type { CallbackHistory } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { findSecretFile } from './find-secret-file'

export const metadata = { title: 'Callbacks' }

const rowsPerPage = 50

export default async function CallbacksPage({ searchParams }: { searchParams: SearchParams }) {
  const admin = await requirePageAdmin()
  const { cursor } = await searchParams
  const isNewest = typeof cursor !== 'string'
  const { db, environment, publicUrl } = getRuntime()
  const [{ items, nextCursor }, sourceCount] = await Promise.all([
    readHistory(isNewest ? undefined : cursor, admin.id),
    db.$count(sources),
  ])
  const isEmpty = items.length === 0 && isNewest
  return (
    <>
      <PageHeader title="Callbacks" />
      {isEmpty ? (
        <FirstRun
          webhookUrl={`${publicUrl}/api/webhooks/llm-callback`}
          secretPath={findSecretFile(environment.dataDir)}
        />
      ) : (
        <LLMCallbackHistoryTab items={items} showSource={sourceCount > 1} renderedAt={new Date().toISOString()} />
      )}
      {(nextCursor !== null || !isNewest) && (
        <nav aria-label="Pages" className="flex justify-end gap-2 px-4 py-3 md:px-6">
          {!isNewest && (
            <Link href="/callbacks" prefetch={false} className={buttonClass('secondary')}>
              Newest
            </Link>
          )}
          {nextCursor !== null && (
            <Link href={`/callbacks?cursor=${nextCursor}`} prefetch={false} className={buttonClass('secondary')}>
              Older
            </Link>
          )}
        </nav>
      )}
    </>
  )
}

/** A cursor that can't be read, or is of another life of the database, leads to the newest page instead of an error. */
async function readHistory(cursor: string | undefined, userId: string): Promise<CallbackHistory> {
  try {
    const history = await listCallbacks({ cursor, limit: rowsPerPage }, userId, getRuntime().db)
    if (!history.reset) return history
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  redirect('/callbacks')
}
