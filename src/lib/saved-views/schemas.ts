import { z } from 'zod'

/** Saved views that one admin may have. */
export const savedViewsMax = 50

/** PostgreSQL has no NUL in text. */
const isWithoutNul = (text: string) => !text.includes('\0')

/** What an admin gives to save a view. */
export const newSavedViewSchema = z.strictObject({
  name: z.string().trim().min(1).max(60).refine(isWithoutNul, 'must not contain NUL'),
  /** The query string of the callbacks page, without `?`, its parameters sorted; never a cursor or a window. */
  query: z.string().max(4_000).refine(isWithoutNul, 'must not contain NUL'),
})
export type NewSavedView = z.infer<typeof newSavedViewSchema>

/** A name for a query string, of one admin. */
export const savedViewSchema = newSavedViewSchema.extend({ id: z.uuid() })
export type SavedView = z.infer<typeof savedViewSchema>
