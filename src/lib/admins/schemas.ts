import { z } from 'zod'
import { newAdminSchema } from '@/lib/auth/new-admin-schema'

/** Somebody who may sign in, or could once; times are ISO 8601 in UTC. */
export const adminSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isOwner: z.boolean(),
  /** May not sign in any more. What they viewed and handled keeps their name. */
  isRemoved: z.boolean(),
  /** When a live session was made or last renewed, which happens once a day; null without one. */
  lastActiveAt: z.iso.datetime().nullable(),
})
export type Admin = z.infer<typeof adminSchema>

/** An invite that nobody has used yet. */
export const inviteSchema = z.object({ id: z.uuid(), email: z.string(), expiresAt: z.iso.datetime() })
export type Invite = z.infer<typeof inviteSchema>

export const newInviteSchema = newAdminSchema.pick({ email: true })

/** A signed-in browser or script of the admin who asks. */
export const sessionSchema = z.object({
  id: z.uuid(),
  /** As the browser names itself; null where it did not. */
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  lastActiveAt: z.iso.datetime(),
  isThis: z.boolean(),
})
export type Session = z.infer<typeof sessionSchema>
