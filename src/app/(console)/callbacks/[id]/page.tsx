import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { LLMCallbackDetail } from '@/components/admin/LLMCallbackDetail'
import { cutMiddle } from '@/components/format'
import { PageHeader } from '@/components/page-header'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { MarkViewed } from './mark-viewed'

type CallbackPageProps = { params: Promise<{ id: string }> }

/** Asked for by the title and by the page, read once. The gate stands inside, so that neither can forget it. */
const readCallback = cache(async (id: string) => {
  const admin = await requirePageAdmin()
  const parsed = llmCallbackIdSchema.safeParse(id)
  const callback = parsed.success ? await getCallbackById(parsed.data, admin.id, getRuntime().db) : null
  if (callback === null) notFound()
  const title = callback.workflowName === null ? 'Callback' : cutMiddle(visibleText(callback.workflowName), 60)
  return { admin, callback, title }
})

export async function generateMetadata({ params }: CallbackPageProps): Promise<Metadata> {
  const { title } = await readCallback((await params).id)
  return { title }
}

export default async function CallbackPage({ params }: CallbackPageProps) {
  const { admin, callback, title } = await readCallback((await params).id)
  return (
    <>
      <PageHeader title={<bdi dir="auto">{title}</bdi>} />
      <LLMCallbackDetail callback={callback} viewerId={admin.id} renderedAt={new Date().toISOString()} />
      <MarkViewed callbackId={callback.id} />
    </>
  )
}
