'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { forbidden, unauthorized } from 'next/navigation'
import { getRuntime } from '@/app/runtime'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { type AdminUser, requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'
import { markCallbackAsViewed as markAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

/**
 * Marks one callback as viewed by whoever is signed in; an id that names nothing is a no-op.
 * The list that the browser kept is stale from then on, so that going back shows the row as viewed.
 * Rejects with Next's 401 or 403 when nobody is, or the role is missing, or another site asks.
 *
 * @returns whether it was unviewed until now
 */
export async function markCallbackAsViewed(callbackId: string): Promise<boolean> {
  const admin = await requireActingAdmin()
  const id = llmCallbackIdSchema.safeParse(callbackId)
  const wasUnviewed = id.success && (await markAsViewed(id.data, admin.id, getRuntime().db))
  if (wasUnviewed) revalidatePath('/callbacks')
  return wasUnviewed
}

export async function markCallbacksAsUnviewed(callbackIds: string[]): Promise<string[]> {
  await requireActingAdmin()
  throw new Error(`${callbackIds.length} callbacks can't be marked yet`)
}

export async function markCallbacksAsHandled(callbackIds: string[]): Promise<string[]> {
  await requireActingAdmin()
  throw new Error(`${callbackIds.length} callbacks can't be marked yet`)
}

export async function markCallbacksAsUnhandled(callbackIds: string[]): Promise<string[]> {
  await requireActingAdmin()
  throw new Error(`${callbackIds.length} callbacks can't be marked yet`)
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
