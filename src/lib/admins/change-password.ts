import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authAccounts } from '@/db/schema'
import { newAdminSchema } from '@/lib/auth/new-admin-schema'
import { returnTry, takeTry } from '@/lib/auth/tries'
import { AppError } from '@/lib/http/app-error'

const triesMax = 10
const windowMs = 15 * 60 * 1000

type Passwords = { current: string; next: string }

/**
 * Gives an admin another password, which ends all their sessions (a trigger of migration 0035). Whoever found an open browser may
 * guess the current one 10 times in 15 minutes.
 *
 * @throws ZodError where the new one is no password; AppError `wrong_password` or `too_many_requests`
 */
export async function changePassword(db: Database, userId: string, { current, next }: Passwords): Promise<void> {
  const password = newAdminSchema.shape.password.parse(next)
  const key = `password:${userId}`
  const waitSeconds = await takeTry(db, { key, triesMax, windowMs })
  if (waitSeconds !== null) throw new AppError('too_many_requests', `Too many tries. Wait ${waitSeconds} s.`)
  const isAccount = and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, 'credential'))
  const [account] = await db.select({ hash: authAccounts.password }).from(authAccounts).where(isAccount)
  if (!account?.hash || !(await verifyPassword({ hash: account.hash, password: current }))) {
    throw new AppError('wrong_password', 'The current password is wrong.')
  }
  await returnTry(db, key)
  const hash = await hashPassword(password)
  await db.update(authAccounts).set({ password: hash, updatedAt: new Date() }).where(isAccount)
}
