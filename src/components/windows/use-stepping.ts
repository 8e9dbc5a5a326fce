import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCallbackList } from './callback-list'
import { prefetchDetail } from './data/detail-query'
import type { CallbackWindow } from './window-state'
import { dispatchToWindows } from './window-store'

/** Stepping through the list behind the window. Null where the page has no list with this callback in it. */
export function useStepping({ key, callbackId }: CallbackWindow) {
  const queryClient = useQueryClient()
  const items = useCallbackList()?.items ?? []
  const at = items.findIndex(({ id }) => id === callbackId)
  const next = at === -1 ? undefined : items[at + 1]
  const previous = at === -1 ? undefined : items[at - 1]

  useEffect(() => {
    for (const item of [next, previous]) if (item) prefetchDetail(queryClient, item)
  }, [queryClient, next, previous])

  if (at === -1) return null
  const stepTo = (item: typeof next) =>
    item ? () => dispatchToWindows({ do: 'step', key, callbackId: item.id, summary: item }) : undefined
  return { position: at + 1, total: items.length, toNext: stepTo(next), toPrevious: stepTo(previous) }
}
