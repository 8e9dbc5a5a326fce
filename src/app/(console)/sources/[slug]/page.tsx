import { notFound } from 'next/navigation'
import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { SourcePage } from '@/components/sources/SourcePage'
import { AppError } from '@/lib/http/app-error'
import { presetItems } from '@/lib/presets/preset-items'
import { getSource } from '@/lib/sources/get-source'
import type { SourceDetail } from '@/lib/sources/schemas'
import { webhookUrlOf } from '@/lib/sources/source'

export const metadata = { title: 'Source' }

export default async function ConsoleSourcePage({ params }: { params: Promise<{ slug: string }> }) {
  await requirePageAdmin()
  const { slug } = await params
  const now = new Date()
  const detail = await readSource(slug, now)
  const preset = presetItems().find(({ id }) => id === detail.source.preset) ?? null
  return (
    <SourcePage
      detail={detail}
      preset={preset}
      webhookUrl={webhookUrlOf(getRuntime().publicUrl, slug)}
      renderedAt={now.toISOString()}
    />
  )
}

async function readSource(slug: string, now: Date): Promise<SourceDetail> {
  try {
    const { db, environment, callboardSecret } = getRuntime()
    return await getSource(db, slug, { webhookSecrets: environment.webhookSecrets ?? [], callboardSecret, now })
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
