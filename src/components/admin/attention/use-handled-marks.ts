'use client'

import { useCallback, useEffect, useState } from 'react'
import { onLiveEvent } from '../../live/live-events'

export type HandledMarks = ReadonlyMap<string, boolean>

/** What was handled or reopened since the page came, in this tab or another: by id. */
export function useHandledMarks(): readonly [HandledMarks, (ids: readonly string[], isHandled: boolean) => void] {
  const [marks, setMarks] = useState<HandledMarks>(new Map())
  const mark = useCallback((ids: readonly string[], isHandled: boolean) => {
    setMarks((before) => new Map([...before, ...ids.map((id) => [id, isHandled] as const)]))
  }, [])
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === 'handled') mark(event.ids, event.isHandled)
      }),
    [mark],
  )
  return [marks, mark]
}
