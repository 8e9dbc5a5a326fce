import { asc, eq, max, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { authSessions, authUsers } from '@/db/schema'

export type ListedUser = {
  name: string
  email: string
  /** `owner`, `admin`, or null for an account that may not see anything. */
  role: string | null
  isBlocked: boolean
  /** When the newest live session was made or last renewed, which happens once a day; null without one. */
  lastActiveAt: Date | null
}

/** Everybody who has an account, oldest first, without anything that a sign-in could be made from. */
export async function listUsers(db: Database): Promise<ListedUser[]> {
  return db
    .select({
      name: authUsers.name,
      email: authUsers.email,
      role: sql<string | null>`case when ${authUsers.isOwner} then 'owner' else ${authUsers.role} end`,
      isBlocked: sql<boolean>`${authUsers.banned} and coalesce(${authUsers.banExpires} > now(), true)`,
      lastActiveAt: max(authSessions.updatedAt),
    })
    .from(authUsers)
    .leftJoin(authSessions, eq(authSessions.userId, authUsers.id))
    .groupBy(authUsers.id)
    .orderBy(asc(authUsers.createdAt), asc(authUsers.email))
}
