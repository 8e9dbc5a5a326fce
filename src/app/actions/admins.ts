'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { createInvite, revokeInvite as revoke } from '@/lib/admins/invites'
import { removeAdmin as remove } from '@/lib/admins/remove-admin'
import { newInviteSchema } from '@/lib/admins/schemas'
import { setOwner as set } from '@/lib/admins/set-owner'
import { type ActionAnswer, answerAction } from './answer-action'

const idSchema = z.uuid()

/** Makes an invite for an address; the answer is its link, told this once. Only for owners. */
export async function inviteAdmin(email: string): Promise<ActionAnswer<string>> {
  const admin = await requireActingAdmin()
  const { db, publicUrl } = getRuntime()
  const answer = await answerAction(async () =>
    createInvite(db, admin.id, { ...newInviteSchema.parse({ email }), publicUrl, now: new Date() }),
  )
  revalidatePath('/admins')
  return answer
}

/** Ends an invite. Only for owners. */
export async function revokeInvite(inviteId: string): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(() => revoke(getRuntime().db, admin.id, idSchema.parse(inviteId)))
  revalidatePath('/admins')
  return answer
}

/** Makes an admin an owner, or an owner an admin. Only for owners. */
export async function setOwner(adminId: string, isOwner: boolean): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(() =>
    set(getRuntime().db, admin.id, { adminId: idSchema.parse(adminId), isOwner: isOwner === true }),
  )
  revalidatePath('/admins')
  return answer
}

/** Ends that somebody is an admin, and their sessions. Only for owners. */
export async function removeAdmin(adminId: string): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(() => remove(getRuntime().db, admin.id, idSchema.parse(adminId)))
  revalidatePath('/admins')
  return answer
}
