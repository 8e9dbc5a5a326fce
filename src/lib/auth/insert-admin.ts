import { sql } from 'drizzle-orm'
import { authAccounts, authUsers, llmCallbackReadMarks, llmCallbacks } from '@/db/schema'
import { AppError } from '@/lib/http/app-error'
import { adminExists } from './admin-exists'
import type { AuthQueries } from './admin-lock'

type AdminRow = { name: string; email: string; passwordHash: string }

/**
 * Writes an admin into a transaction that has taken the admin lock: the user, the password, and the place in the feed.
 * The first admin owns this Callboard and has every callback still to view; a later one starts at the head.
 *
 * @returns the user's id
 * @throws AppError `email_taken`
 */
export async function insertAdmin(tx: AuthQueries, { name, email, passwordHash }: AdminRow): Promise<string> {
  const isFirst = !(await adminExists(tx))
  const [user] = await tx
    .insert(authUsers)
    .values({ name, email, emailVerified: true, role: 'admin', isOwner: isFirst })
    .onConflictDoNothing({ target: authUsers.email })
    .returning({ id: authUsers.id })
  if (!user) throw new AppError('email_taken', 'A user with this e-mail address exists already.')
  await tx
    .insert(authAccounts)
    .values({ userId: user.id, accountId: user.id, providerId: 'credential', password: passwordHash })
  const head = sql<number>`coalesce((select max(${llmCallbacks.seq}) from ${llmCallbacks}), 0)`
  await tx.insert(llmCallbackReadMarks).values({ adminUserId: user.id, viewedThroughSeq: isFirst ? 0 : head })
  return user.id
}
