import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { type AdminUser, requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'
import { pathHeader } from './request-headers'
import { getRuntime } from './runtime'

/**
 * The gate as pages and layouts need it: who is not signed in goes to sign in and comes back to this very URL; who has
 * not the role gets the 403 page. Asked by each page for itself; within one request the answer is kept.
 */
export const requirePageAdmin = cache(async (): Promise<AdminUser> => {
  const requestHeaders = await headers()
  try {
    return await requireAdmin(requestHeaders, getRuntime())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'unauthenticated') redirect(signInPath(requestHeaders.get(pathHeader)))
    forbidden()
  }
})

function signInPath(wanted: string | null): string {
  return wanted === null || wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`
}
