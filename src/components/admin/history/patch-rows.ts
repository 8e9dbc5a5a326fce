import type { QueryClient } from '@tanstack/react-query'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'

/** Under which every page of rows is kept in the browser. */
export const historyQueryKey = 'history'

type Patch = Partial<Pick<HistoryItem, 'viewed' | 'handled'>>

export function patchViewed(queryClient: QueryClient, ids: ReadonlySet<string>, viewed: boolean): void {
  patchRows(queryClient, ({ id }) => (ids.has(id) ? { viewed } : null))
}

/** @param adminName who handled them, now */
export function patchHandled(
  queryClient: QueryClient,
  ids: ReadonlySet<string>,
  { isHandled, adminName }: { isHandled: boolean; adminName: string },
): void {
  const handled = isHandled ? { byName: adminName, at: new Date().toISOString() } : null
  patchRows(queryClient, ({ id }) => (ids.has(id) ? { handled } : null))
}

/** Changes rows where they stand, in every page of them that is kept: none moves or goes. */
export function patchRows(queryClient: QueryClient, patchOf: (row: HistoryItem) => Patch | null): void {
  queryClient.setQueriesData<CallbackHistory>({ queryKey: [historyQueryKey] }, (page) => {
    if (!page) return page
    let isChanged = false
    const items = page.items.map((row) => {
      const patch = patchOf(row)
      if (patch === null) return row
      isChanged = true
      return { ...row, ...patch }
    })
    return isChanged ? { ...page, items } : page
  })
}
