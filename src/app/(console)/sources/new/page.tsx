import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { NewSourcePage } from '@/components/sources/NewSourcePage'
import { presetItems } from '@/lib/presets/preset-items'

export const metadata = { title: 'New source' }

export default async function ConsoleNewSourcePage() {
  await requirePageAdmin()
  return <NewSourcePage presets={presetItems()} webhookBase={`${getRuntime().publicUrl}/api/webhooks/`} />
}
