import type { ViewedLLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { cn } from '../ui/cn'
import { CallbackListOfPage } from '../windows/CallbackListOfPage'
import { columns } from './history-columns'

type HistoryTabProps = {
  items: ViewedLLMCallbackSummary[]
  /** A sender's name tells nothing while there is but one. */
  showSource: boolean
  /** ISO 8601 */
  renderedAt: string
}

/** The history: one line a callback, newest first; under 768 px each becomes a card of two lines. */
export function LLMCallbackHistoryTab({ items, showSource, renderedAt }: HistoryTabProps) {
  const shown = columns.filter((column) => column.name !== 'Source' || showSource)
  return (
    <>
      <CallbackListOfPage items={items} />
      <table className="w-full table-fixed text-left max-md:block">
        <caption className="sr-only">Callbacks, newest first</caption>
        <thead className="max-md:sr-only">
          <tr className="border-line border-b bg-surface">
            {shown.map(({ name, isNameHidden, isNumber, className, width }) => (
              <th
                key={name}
                scope="col"
                className={cn('h-8 px-2 font-medium text-ink-2 text-meta', isNumber && 'text-right', className, width)}
              >
                {isNameHidden ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {items.map((item) => (
            <tr
              key={item.id}
              className={cn(
                'relative border-line border-b hover:bg-sunken has-[a:focus-visible]:bg-accent-subtle',
                'max-md:grid max-md:min-h-16 max-md:grid-cols-[auto_auto_minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-2 max-md:gap-y-1 max-md:px-4 max-md:py-2.5',
              )}
            >
              {shown.map(({ name, Cell, isNumber, className }) => (
                <td
                  key={name}
                  className={cn('truncate md:h-9 md:px-2 pointer-coarse:md:h-12', isNumber && 'text-right', className)}
                >
                  <Cell item={item} renderedAt={renderedAt} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
