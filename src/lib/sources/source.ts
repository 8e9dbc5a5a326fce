import type { Preset } from '@/lib/presets/preset'
import type { LiveSecret } from '@/lib/signatures/hmac-sha256-hex'

/** A sender that is trusted, ready to verify with. */
export type Source = { slug: string; preset: Preset; secrets: readonly LiveSecret[] }

/** The enabled sources by slug. */
export type Sources = ReadonlyMap<string, Source>

/** The one source that every Callboard has; its secrets come from LLM_WEBHOOK_SECRET. */
export const builtInSlug = 'llm-callback'
