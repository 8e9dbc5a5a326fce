import { useSyncExternalStore } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { onLiveEvent } from '../../live/live-events'
import type { Viewer } from '../CallbackWindows'

/** What became of callbacks since their details were fetched. */
type Marks = Readonly<{
  viewed: ReadonlyMap<string, boolean>
  handled: ReadonlyMap<string, boolean>
}>

const listeners = new Set<() => void>()
let marks: Marks = { viewed: new Map(), handled: new Map() }

onLiveEvent((event) => {
  if (event.kind === 'viewed' && event.ids !== 'many')
    marks = { ...marks, viewed: withIds(marks.viewed, event.ids, event.isViewed) }
  else if (event.kind === 'handled') marks = { ...marks, handled: withIds(marks.handled, event.ids, event.isHandled) }
  else return
  for (const listener of listeners) listener()
})

function withIds(map: ReadonlyMap<string, boolean>, ids: readonly string[], value: boolean) {
  return new Map([...map, ...ids.map((id) => [id, value] as const)])
}

export function useMarks(): Marks {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => marks,
    () => marks,
  )
}

/** The detail with what this browser did to it since; `at` is when, as far as it can tell. */
export function withMarks(
  detail: LLMCallbackDetail,
  { viewed, handled }: Marks,
  { viewer, at }: { viewer: Viewer; at: string },
): LLMCallbackDetail {
  const isViewed = viewed.get(detail.id) ?? detail.viewed
  const isHandled = handled.get(detail.id) ?? detail.handled !== null
  const others = detail.viewers.filter(({ adminUserId }) => adminUserId !== viewer.id)
  const own =
    detail.viewers.find(({ adminUserId }) => adminUserId === viewer.id) ??
    (viewed.get(detail.id) ? { adminUserId: viewer.id, name: viewer.name, viewedAt: at } : undefined)
  return {
    ...detail,
    viewed: isViewed,
    viewers: isViewed && own ? [...others, own] : isViewed ? detail.viewers : others,
    handled: isHandled ? (detail.handled ?? { byName: viewer.name, at }) : null,
  } as LLMCallbackDetail
}
