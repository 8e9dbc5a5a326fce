'use server'

import { z } from 'zod'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { parseInput } from '@/lib/http/parse-input'
import { removeView as remove } from '@/lib/saved-views/remove-view'
import { saveView as save } from '@/lib/saved-views/save-view'
import { type NewSavedView, newSavedViewSchema, type SavedView } from '@/lib/saved-views/schemas'

/** Saves a view for whoever is signed in; one of the same name is replaced. */
export async function saveView(view: NewSavedView): Promise<SavedView> {
  const admin = await requireActingAdmin()
  return save(parseInput(newSavedViewSchema, view), admin.id, getRuntime().db)
}

/** Removes a view of whoever is signed in; an id that names none of theirs is a no-op. */
export async function removeView(id: string): Promise<void> {
  const admin = await requireActingAdmin()
  const parsed = z.uuid().safeParse(id)
  if (parsed.success) await remove(parsed.data, admin.id, getRuntime().db)
}
