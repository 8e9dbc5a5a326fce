'use client'

import { useState } from 'react'
import { removeView, saveView } from '@/app/actions/saved-views'
import type { SavedView } from '@/lib/saved-views/schemas'
import { showFailure, showResult } from '../../results/results'

type NamedQuery = { name: string; query: string }

export type SavedViews = Readonly<{
  views: readonly SavedView[]
  save: (view: NamedQuery) => void
  remove: (view: NamedQuery & { id: string }) => void
}>

/**
 * This admin's saved views, and how to change them.
 * @param onSaved shows the view that was saved; null after one was removed
 */
export function useSavedViews(initial: readonly SavedView[], onSaved: (view: SavedView | null) => void): SavedViews {
  const [views, setViews] = useState(initial)

  async function save(view: NamedQuery) {
    try {
      const saved = await saveView(view)
      setViews((before) => [...before.filter(({ id, name }) => id !== saved.id && name !== saved.name), saved])
      onSaved(saved)
      showResult(`View “${saved.name}” saved.`)
    } catch {
      showFailure('View not saved. The server did not answer.', () => void save(view))
    }
  }

  async function remove(view: NamedQuery & { id: string }) {
    try {
      await removeView(view.id)
      setViews((before) => before.filter(({ id }) => id !== view.id))
      onSaved(null)
      showResult(`View “${view.name}” removed.`, () => void save({ name: view.name, query: view.query }))
    } catch {
      showFailure('View not removed. The server did not answer.', () => void remove(view))
    }
  }
  return { views, save: (view) => void save(view), remove: (view) => void remove(view) }
}
