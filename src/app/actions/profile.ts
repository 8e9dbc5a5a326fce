'use server'

import { eq } from 'drizzle-orm'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { sessionToken } from '@/app/session-token'
import { authUsers } from '@/db/schema'
import { changePassword as change } from '@/lib/admins/change-password'
import { endSession as end, endOtherSessions as endOthers } from '@/lib/admins/sessions'
import { newAdminSchema } from '@/lib/auth/new-admin-schema'
import { type ActionAnswer, answerAction } from './answer-action'

/** Changes the name of whoever is signed in. */
export async function rename(name: string): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(async () => {
    const parsed = newAdminSchema.shape.name.parse(name)
    await getRuntime()
      .db.update(authUsers)
      .set({ name: parsed, updatedAt: new Date() })
      .where(eq(authUsers.id, admin.id))
  })
  revalidatePath('/', 'layout')
  return answer
}

/** Gives whoever is signed in another password. All their sessions end, this one too: the browser then signs in anew. */
export async function changePassword(current: string, next: string): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  return answerAction(() => change(getRuntime().db, admin.id, { current: z.string().parse(current), next }))
}

/** Ends one session of whoever is signed in. */
export async function endSession(sessionId: string): Promise<ActionAnswer<void>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(() => end(getRuntime().db, admin.id, z.uuid().parse(sessionId)))
  revalidatePath('/profile')
  return answer
}

/** Ends all sessions of whoever is signed in but the one that asks. The answer is how many. */
export async function endOtherSessions(): Promise<ActionAnswer<number>> {
  const admin = await requireActingAdmin()
  const answer = await answerAction(async () => {
    const token = await sessionToken()
    return token === null ? 0 : endOthers(getRuntime().db, admin.id, token)
  })
  revalidatePath('/profile')
  return answer
}
