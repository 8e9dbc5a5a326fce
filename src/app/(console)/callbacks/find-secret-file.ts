import { existsSync } from 'node:fs'
import path from 'node:path'

/** The file in DATA_DIR with the webhook secret that the first start made; null where the secret was given in LLM_WEBHOOK_SECRET. */
export function findSecretFile(dataDir: string): string | null {
  // The supervisor hands its console the secret in LLM_WEBHOOK_SECRET in both cases: the file alone tells them apart.
  const file = path.join(/* turbopackIgnore: true */ dataDir, 'llm-webhook-secret')
  return existsSync(file) ? file : null
}
