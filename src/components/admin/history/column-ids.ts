/** The columns that a reader can show, hide and reorder, in the standard order. */
export const standardColumns = [
  'status',
  'workflow',
  'event',
  'says',
  'source',
  'job',
  'duration',
  'tokens',
  'cost',
  'received',
] as const

/** Off until somebody asks for them. */
const furtherColumns = ['signature', 'deliveries', 'event-time', 'lag', 'id'] as const

export const columnIds = [...standardColumns, ...furtherColumns] as const
export type ColumnId = (typeof columnIds)[number]
