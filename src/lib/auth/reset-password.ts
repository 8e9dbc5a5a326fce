import { hashPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database } from '@/db/client'
import { authAccounts, authSessions, authUsers } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { newAdminSchema } from './new-admin-schema'

export const newPasswordSchema = newAdminSchema.pick({ email: true, password: true })

/**
 * Gives a user a new password and ends all their sessions, both or neither. Reads its input through `newPasswordSchema`. A user who is blocked
 * stays so.
 *
 * @returns how many sessions were ended
 * @throws ZodError where the input is no e-mail address or no password; AppError `not_found`
 */
export async function resetPassword(db: Database, input: z.input<typeof newPasswordSchema>): Promise<number> {
  const { email, password } = newPasswordSchema.parse(input)
  // Hashing takes a tenth of a second of work by intent, so not while rows are locked.
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const [user] = await tx.select({ id: authUsers.id }).from(authUsers).where(eq(authUsers.email, email)).for('update')
    if (!user) throw new AppError('not_found', `There is no user with the e-mail address ${email}.`)
    // Before the change, which would end them by its trigger: these are counted, and a user without a password has none to change.
    const ended = await tx
      .delete(authSessions)
      .where(eq(authSessions.userId, user.id))
      .returning({ id: authSessions.id })
    const changed = await tx
      .update(authAccounts)
      .set({ password: passwordHash, updatedAt: new Date() })
      .where(and(eq(authAccounts.userId, user.id), eq(authAccounts.providerId, 'credential')))
      .returning({ id: authAccounts.id })
    if (changed.length === 0) {
      await tx
        .insert(authAccounts)
        .values({ userId: user.id, accountId: user.id, providerId: 'credential', password: passwordHash })
    }
    return ended.length
  })
}
