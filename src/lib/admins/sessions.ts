import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authSessions } from '@/db/schema'
import type { Session } from './schemas'

/** The live sessions of an admin, the latest first; which is theirs now is told by its token. */
export async function listSessions(db: Database, userId: string, token: string | null, now: Date): Promise<Session[]> {
  const sessions = await db
    .select({
      id: authSessions.id,
      userAgent: authSessions.userAgent,
      address: authSessions.ipAddress,
      lastActiveAt: authSessions.updatedAt,
      isThis: sql<boolean>`${authSessions.token} = ${token ?? ''}`,
    })
    .from(authSessions)
    .where(and(eq(authSessions.userId, userId), gt(authSessions.expiresAt, now)))
    .orderBy(desc(authSessions.updatedAt))
  return sessions.map((session) => ({
    ...session,
    address: session.address === '' ? null : session.address,
    lastActiveAt: session.lastActiveAt.toISOString(),
  }))
}

/** Ends one session of an admin; an id that names none of theirs is a no-op. */
export async function endSession(db: Database, userId: string, sessionId: string): Promise<void> {
  await db.delete(authSessions).where(and(eq(authSessions.id, sessionId), eq(authSessions.userId, userId)))
}

/** Ends all sessions of an admin but the one with this token. @returns how many */
export async function endOtherSessions(db: Database, userId: string, token: string): Promise<number> {
  const ended = await db
    .delete(authSessions)
    .where(and(eq(authSessions.userId, userId), ne(authSessions.token, token)))
    .returning({ id: authSessions.id })
  return ended.length
}
