import { headers } from 'next/headers'
import { forbidden, unauthorized } from 'next/navigation'
import { getRuntime } from '@/app/runtime'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { type AdminUser, requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'

/**
 * The admin who calls a server action. Next knows two refusals with a status of their own; every other error would reach the
 * browser as a 500. Rejects with Next's 401 or 403 when nobody is signed in, or the role is missing, or another site asks.
 */
export async function requireActingAdmin(): Promise<AdminUser> {
  const requestHeaders = await headers()
  try {
    assertSameOrigin(requestHeaders, getRuntime())
    return await requireAdmin(requestHeaders, getRuntime())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code === 'unauthenticated' ? unauthorized() : forbidden()
  }
}
