import type { Preset } from '@/lib/presets/preset'
import type { Reader } from '@/lib/signatures/verifier'

/** A sender that is trusted, ready to verify with. */
export type Source = {
  slug: string
  preset: Preset
  verify: Reader
  /** Until then, what is refused is kept for the signature doctor. */
  debugUntil: Date | null
}

/** The enabled sources by slug. */
export type Sources = { get(slug: string): Source | undefined }

/** The one source that every Callboard has; its secrets come from LLM_WEBHOOK_SECRET, and from the console where some are added there. */
export const builtInSlug = 'llm-callback'

/** Where a source takes its callbacks. */
export function webhookPath(slug: string): string {
  return `/api/webhooks/${slug}`
}

/** The same under the origin by which senders reach us. */
export function webhookUrlOf(origin: string, slug: string): string {
  return new URL(webhookPath(slug), origin).href
}
