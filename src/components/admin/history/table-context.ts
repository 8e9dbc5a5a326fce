import { createContext, useContext } from 'react'

/** What all cells of the table share. */
export type TableContextValue = Readonly<{
  /** When the server rendered the page, ISO 8601. */
  renderedAt: string
  /** What is searched for, to be marked in the text. */
  search: string | null
  /** Relaxed rows have a second line of text. */
  hasSecondLine: boolean
}>

export const TableContext = createContext<TableContextValue>({ renderedAt: '', search: null, hasSecondLine: false })

export function useTableContext(): TableContextValue {
  return useContext(TableContext)
}
