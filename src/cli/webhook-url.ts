import path from 'node:path'
import { readEnvironment } from '@/env'
import { webhookUrlOf } from '@/lib/sources/source'
import { readRunFile } from '@/server/data-dir/run-file'

/** Under which senders know a source: by PUBLIC_URL, or as the Callboard that runs on DATA_DIR says. */
export function webhookUrl(slug: string): string {
  const { publicUrl, port, dataDir } = readEnvironment()
  const origin = publicUrl ?? readRunFile(path.resolve(dataDir))?.publicUrl ?? `http://localhost:${port}`
  return webhookUrlOf(origin, slug)
}
