import { z } from 'zod'
import type { SourceOption } from '@/lib/presets/preset'
import type { RejectedGroup, RejectionReason } from '@/lib/rejected-deliveries/schemas'
import type { Finding } from '@/lib/signatures/diagnose'
import { sourceSettingsSchema } from './source-settings'

/** How many secrets a source may have live at once. */
export const secretsMax = 8

export const slugSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'The slug has 1 to 63 lower-case letters, digits and hyphens.')

const nameSchema = z.string().trim().min(1, 'The source needs a name.').max(80, 'The name has at most 80 characters.')

export const secretTextSchema = z
  .string()
  .trim()
  .min(16, 'The secret has fewer than 16 characters.')
  .max(4_096, 'The secret has more than 4,096 characters.')

export const secretNameSchema = z.string().trim().max(80, 'The name has at most 80 characters.').default('')

export const newSourceSchema = z.object({
  slug: slugSchema,
  name: nameSchema,
  preset: z.string(),
  settings: sourceSettingsSchema.default({}),
})
export type NewSource = z.input<typeof newSourceSchema>

export const sourceChangesSchema = z.object({
  name: nameSchema.optional(),
  enabled: z.boolean().optional(),
  settings: sourceSettingsSchema.optional(),
})
export type SourceChanges = z.input<typeof sourceChangesSchema>

export const newSecretSchema = z.object({
  source: slugSchema,
  name: secretNameSchema,
  /** Left out, Callboard makes one. */
  secret: secretTextSchema.optional(),
  expiresAt: z.coerce.date().nullable().default(null),
})
export type NewSecret = z.input<typeof newSecretSchema>

/** A source as lists show it; times are ISO 8601 in UTC. */
export const sourceItemSchema = z.object({
  slug: z.string(),
  name: z.string(),
  preset: z.string(),
  enabled: z.boolean(),
  settings: sourceSettingsSchema,
  createdAt: z.iso.datetime(),
  /** Whether results are fetched that the sender does not send. */
  hasApiKey: z.boolean(),
  /** Until then, what is refused is kept for the doctor; null where it is not. */
  debugUntil: z.iso.datetime().nullable(),
  /** When its newest callback was received; null before the first. */
  lastReceivedAt: z.iso.datetime().nullable(),
  /** Callbacks in each of the last 24 hours, oldest first; the last one is of the hour that has begun. */
  hourlyCounts: z.array(z.number().int()).length(24),
  rejected24h: z.number().int(),
  /** Of the newest 200: deliveries beyond the first of each, and half of them came at most this late after their own time. */
  duplicates: z.number().int(),
  lagP50Ms: z.number().nullable(),
})
export type SourceItem = z.infer<typeof sourceItemSchema>

/** A secret of a source, without the secret. */
export const secretItemSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its last four characters; '' where it is too short to tell any, or stands in the environment. */
  hint: z.string(),
  isFromEnvironment: z.boolean(),
  /** The environment held it once, and does not any more. */
  isGone: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** Deliveries that it verified. */
  uses: z.number().int(),
})
export type SecretItem = z.infer<typeof secretItemSchema>

/** Everything about one source. */
export type SourceDetail = { source: SourceItem; secrets: SecretItem[]; rejected: RejectedGroup[] }

/** What pages say of a kind of sender. */
export type PresetItem = {
  id: string
  name: string
  secret: { madeBy: 'sender' | 'callboard'; example: string } | null
  setUp: readonly string[]
  notes: readonly string[]
  /** Whether it sends no more than an id, and keeps the rest for whoever asks with an API key. */
  keepsResults: boolean
  options: readonly SourceOption[]
}

/** What the doctor says of the deliveries that were refused lately. */
export type Diagnosis = {
  debugUntil: string | null
  deliveries: {
    id: string
    receivedAt: string
    reason: RejectionReason
    bodyBytes: number
    findings: Finding[]
  }[]
}
