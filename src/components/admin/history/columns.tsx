import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import * as cells from './cells'
import type { ColumnId } from './column-ids'

export const historyFeatures = tableFeatures({ columnOrderingFeature, columnVisibilityFeature })

type ColumnLook = Readonly<{
  name: string
  Cell: (props: { item: HistoryItem }) => ReactNode
  /** On screens that show a table; what has none shares the rest. */
  width?: string
  /** Of the standard columns: the width of the page from which on it is shown. */
  from?: 'lg' | 'xl'
  /** Its place in the card of narrow screens; without one it is not in it. */
  card?: string
  isNumber?: boolean
}>

/** What stands in each column. Widths are fixed: text is cut, and no column moves with what is in it. */
export const columnLooks: Record<ColumnId, ColumnLook> = {
  status: { name: 'Status', Cell: cells.Status, width: 'md:w-31', card: 'max-md:col-start-2' },
  workflow: { name: 'Workflow', Cell: cells.Workflow, width: 'md:w-36 xl:w-45 2xl:w-60', card: 'max-md:col-start-3' },
  event: { name: 'Event', Cell: cells.Event, width: 'lg:w-38 xl:w-42 2xl:w-64', from: 'lg' },
  says: { name: 'Says', Cell: cells.Says, card: 'max-md:col-span-full max-md:row-start-2' },
  source: { name: 'Source', Cell: cells.Source, width: 'lg:w-28', from: 'xl' },
  job: { name: 'Job', Cell: cells.Job, width: 'lg:w-24', from: 'lg' },
  duration: { name: 'Duration', Cell: cells.Duration, width: 'lg:w-21', from: 'lg', isNumber: true },
  tokens: { name: 'Tokens', Cell: cells.Tokens, width: 'lg:w-21', from: 'xl', isNumber: true },
  cost: { name: 'Cost', Cell: cells.Cost, width: 'lg:w-21', from: 'xl', isNumber: true },
  received: {
    name: 'Received',
    Cell: cells.Received,
    width: 'md:w-23 md:group-data-[times=exact]/grid:w-36',
    card: 'max-md:col-start-4 max-md:row-start-1',
    isNumber: true,
  },
  signature: { name: 'Signature', Cell: cells.Signature, width: 'lg:w-28', from: 'lg' },
  deliveries: { name: 'Deliveries', Cell: cells.Deliveries, width: 'lg:w-22', from: 'lg', isNumber: true },
  'event-time': { name: 'Event time', Cell: cells.EventTime, width: 'lg:w-36', from: 'lg', isNumber: true },
  lag: { name: 'Lag', Cell: cells.Lag, width: 'lg:w-21', from: 'lg', isNumber: true },
  id: { name: 'Callback id', Cell: cells.CallbackId, width: 'lg:w-26', from: 'lg' },
}

const shownFrom = { lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const

/** Where a column shows: the standard ones by the width of the page, those that the reader chose wherever a table fits. */
export function columnClass(id: ColumnId, isChosen: boolean): string {
  const { from, card } = columnLooks[id]
  const place = card ?? 'max-md:hidden'
  if (from === undefined) return place
  return `${place} ${shownFrom[isChosen ? 'lg' : from]}`
}

const helper = createColumnHelper<typeof historyFeatures, HistoryItem>()

export const historyColumns = helper.columns(
  (Object.keys(columnLooks) as ColumnId[]).map((id) => {
    const { Cell } = columnLooks[id]
    return helper.display({
      id,
      header: columnLooks[id].name,
      cell: ({ row }) => <Cell item={row.original} />,
    })
  }),
)
