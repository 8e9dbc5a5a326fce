'use server'

import { headers } from 'next/headers'
import { forbidden, unauthorized } from 'next/navigation'
import { getRuntime } from '@/app/runtime'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { type AdminUser, requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import { markCallbackAsViewed as markAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

/**
 * Marks one callback as viewed by whoever is signed in; an unknown id is a no-op.
 * Rejects with Next's 401 or 403 when nobody is, or the role is missing, or another site asks.
 *
 * @returns whether it was unviewed until now
 */
export async function markCallbackAsViewed(callbackId: string): Promise<boolean> {
  const admin = await requireActingAdmin()
  return markAsViewed(parseInput(llmCallbackIdSchema, callbackId), admin.id, getRuntime().db)
}

/** Next knows two refusals with a status of their own; every other error would reach the browser as a 500. */
async function requireActingAdmin(): Promise<AdminUser> {
  const requestHeaders = await headers()
  try {
    assertSameOrigin(requestHeaders, getRuntime())
    return await requireAdmin(requestHeaders, getRuntime())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code === 'unauthenticated' ? unauthorized() : forbidden()
  }
}
