'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { type HistoryState, readHistoryState, serializeParameter, stateKeys } from './history-state'

const parsers = Object.fromEntries(stateKeys.map((key) => [key, parseAsString]))

export type UpdateHistoryState = (
  changes: Partial<HistoryState>,
  /** `push` for what Back should undo: another view, page or cursor. */
  history?: 'push' | 'replace',
) => void

/** What the URL says the page shows, and how to change that. */
export function useHistoryState(): readonly [HistoryState, UpdateHistoryState] {
  const [raw, setRaw] = useQueryStates(parsers)
  const text = JSON.stringify(raw)
  const state = useMemo(() => readHistoryState(JSON.parse(text)), [text])
  const update = useCallback<UpdateHistoryState>(
    (changes, history = 'replace') => {
      const written = Object.entries(changes).map(([key, value]) => [
        key,
        serializeParameter(key as keyof HistoryState, value as never),
      ])
      void setRaw(Object.fromEntries(written), { history })
    },
    [setRaw],
  )
  return [state, update]
}
