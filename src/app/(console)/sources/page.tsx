import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { SourcesPage } from '@/components/sources/SourcesPage'
import { presetItems } from '@/lib/presets/preset-items'
import { listSources } from '@/lib/sources/list-sources'

export const metadata = { title: 'Sources' }

export default async function ConsoleSourcesPage() {
  await requirePageAdmin()
  const now = new Date()
  const sources = await listSources(getRuntime().db, now)
  return <SourcesPage sources={sources} presets={presetItems()} renderedAt={now.toISOString()} />
}
