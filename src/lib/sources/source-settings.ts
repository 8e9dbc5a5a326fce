import { z } from 'zod'
import type { Preset } from '@/lib/presets/preset'
import type { SignatureScheme } from '@/lib/signatures/scheme'

/** A header's name (RFC 9110 section 5.6.2), in lower case. */
const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[!#$%&'*+.^_`|~\w-]{1,64}$/, 'A header’s name has letters, digits and hyphens.')

/** What an admin may set for a source; each has its default from the preset, or none. */
export const sourceSettingsSchema = z.object({
  /** Another name for the header that the preset's first scheme reads. */
  header: headerName.optional(),
  /** What the sender's tokens are made out to. */
  audience: z.string().trim().min(1).max(512).optional(),
  /** The webhook URL as the sender knows it, where that is not PUBLIC_URL's: some sign it. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
})
export type SourceSettings = z.infer<typeof sourceSettingsSchema>

/** The preset's schemes as the source's settings have them. */
export function schemesFor(preset: Preset, { header }: SourceSettings): readonly SignatureScheme[] {
  const [first, ...others] = preset.schemes
  if (!first || !header || !preset.options?.includes('header')) return preset.schemes
  return [first.kind === 'token' ? { ...first, at: header } : { ...first, header }, ...others]
}
