import type { QueryClient } from '@tanstack/react-query'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'

/** Under which every page of rows is kept in the browser. */
export const historyQueryKey = 'history'

type Patch = Partial<Pick<HistoryItem, 'viewed' | 'handled'>>

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
