import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { NewSourcePage } from '@/components/sources/NewSourcePage'
import { presetItems } from '@/lib/presets/preset-items'
import { webhookUrlOf } from '@/lib/sources/source'

export const metadata = { title: 'New source' }

export default async function ConsoleNewSourcePage() {
  await requirePageAdmin()
  return <NewSourcePage presets={presetItems()} webhookBase={webhookUrlOf(getRuntime().publicUrl, '')} />
}
