'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { parseInput } from '@/lib/http/parse-input'
import { parseQuery } from '@/lib/http/parse-query'
import { historyFiltersSchema } from '@/lib/llm-callbacks/history-schemas'
import { markCallbackAsViewed as markAsViewed } from '@/lib/llm-callbacks/mark-callback-as-viewed'
import { markCallbacksAsHandled as markAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markCallbacksAsUnhandled as markAsUnhandled } from '@/lib/llm-callbacks/mark-callbacks-as-unhandled'
import { markCallbacksAsUnviewed as markAsUnviewed } from '@/lib/llm-callbacks/mark-callbacks-as-unviewed'
import { markCallbacksAsViewed as markAllAsViewed } from '@/lib/llm-callbacks/mark-callbacks-as-viewed'
import { markMatchingAsViewed as markMatching } from '@/lib/llm-callbacks/mark-matching-as-viewed'
import { handledIdsMax, type MarkedMatching, viewedIdsMax } from '@/lib/llm-callbacks/marking-schemas'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { undoMarkMatchingAsViewed as undoMarkMatching } from '@/lib/llm-callbacks/undo-mark-matching-as-viewed'
import { parseIds } from './parse-ids'

/**
 * Marks one callback as viewed by whoever is signed in; an id that names nothing is a no-op. Like marking several by their
 * ids, it has no page rendered anew: the browser knows which rows it changed (`KeptRows`), and its reader has stepped on meanwhile.
 *
 * @returns whether it was unviewed until now
 */
export async function markCallbackAsViewed(callbackId: string): Promise<boolean> {
  const admin = await requireActingAdmin()
  const id = llmCallbackIdSchema.safeParse(callbackId)
  return id.success && (await markAsViewed(id.data, admin.id, getRuntime().db))
}

/**
 * Marks up to 500 callbacks as viewed by whoever is signed in; ids that name nothing are left out.
 * @returns those that were unviewed until now
 */
export async function markCallbacksAsViewed(callbackIds: string[]): Promise<string[]> {
  const admin = await requireActingAdmin()
  return markAllAsViewed(parseIds(callbackIds, viewedIdsMax), admin.id, getRuntime().db)
}

/**
 * Marks up to 500 callbacks as unviewed by whoever is signed in; ids that name nothing are left out.
 * @returns those that were viewed until now
 */
export async function markCallbacksAsUnviewed(callbackIds: string[]): Promise<string[]> {
  const admin = await requireActingAdmin()
  return markAsUnviewed(parseIds(callbackIds, viewedIdsMax), admin.id, getRuntime().db)
}

/**
 * Marks all that match as viewed by whoever is signed in, up to a place in the feed and including it.
 *
 * @param query the filters, as they stand in the URL of the history
 * @param throughCursor of the newest callback that is meant
 */
export async function markMatchingAsViewed(query: string, throughCursor: string): Promise<MarkedMatching> {
  const admin = await requireActingAdmin()
  const filters = parseQuery(historyFiltersSchema, `http://localhost/?${parseInput(z.string().max(10_000), query)}`)
  const through = parseInput(z.string().max(64), throughCursor)
  const marked = await markMatching({ filters, through }, admin.id, getRuntime().db)
  if (marked.count > 0) revalidatePath('/callbacks')
  return marked
}

/** Takes back what one `markMatchingAsViewed` changed; what names none is a no-op. */
export async function undoMarkMatchingAsViewed(undo: string): Promise<void> {
  const admin = await requireActingAdmin()
  const markingId = z.uuid().safeParse(undo)
  if (!markingId.success) return
  await undoMarkMatching(markingId.data, admin.id, getRuntime().db)
  revalidatePath('/callbacks')
}

/**
 * Marks up to 1,000 callbacks as handled for the team; ids that name nothing are left out.
 * @returns those that were open until now
 */
export async function markCallbacksAsHandled(callbackIds: string[]): Promise<string[]> {
  const admin = await requireActingAdmin()
  return stale(await markAsHandled(parseIds(callbackIds, handledIdsMax), admin.id, getRuntime().db))
}

/**
 * Makes up to 1,000 callbacks open again for the team; ids that name nothing are left out.
 * @returns those that were handled until now
 */
export async function markCallbacksAsUnhandled(callbackIds: string[]): Promise<string[]> {
  await requireActingAdmin()
  return stale(await markAsUnhandled(parseIds(callbackIds, handledIdsMax), getRuntime().db))
}

/** Where something changed, the list that the browser kept is stale. */
function stale(changed: string[]): string[] {
  if (changed.length > 0) revalidatePath('/callbacks')
  return changed
}
