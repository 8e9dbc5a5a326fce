import { AppError } from '@/lib/http/app-error'
import type { Auth } from './create-auth'

export type AdminUser = Readonly<{ id: string; email: string; name: string; role: 'admin' }>

/**
 * The one gate for routes, actions and pages: who is signed in, by the session cookie alone.
 * Reads and never writes, for a page can't send the cookie that a renewed session needs; `GET /api/auth/get-session` renews.
 *
 * @throws AppError `unauthenticated` (401) without a live session; `forbidden` (403) without the admin role, or blocked
 */
export async function requireAdmin(headers: Headers, { auth }: { auth: Auth }): Promise<AdminUser> {
  const session = await readSession(headers, auth)
  if (!session) throw new AppError('unauthenticated', 'Sign in first.')
  const { id, email, name, role, banned, banExpires } = session.user
  const isBanned = banned && (!banExpires || banExpires > new Date())
  if (role !== 'admin' || isBanned) throw new AppError('forbidden', 'This needs the admin role.')
  return { id, email, name, role }
}

/** Next writes whatever a page throws to the log, causes and all; a failed query there would quote the session's token. */
async function readSession(headers: Headers, auth: Auth) {
  try {
    return await auth.api.getSession({ headers, query: { disableRefresh: true } })
  } catch (error) {
    throw new Error('The session could not be read', { cause: rootCauseOf(error) })
  }
}

function rootCauseOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
  return cause
}
