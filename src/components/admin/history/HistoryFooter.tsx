'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { formatCount } from '../../format'
import { Button } from '../../ui/button'
import { pageSizes } from './history-state'
import { formatMatchCount } from './use-match-count'

type HistoryFooterProps = {
  rowCount: number
  /** How many newer rows there are before the first one; null on a page that was reached by its address. */
  offset: number | null
  matchCount: number | undefined
  selectedCount: number
  size: number
  onSize: (size: number) => void
  newer: (() => void) | null
  older: (() => void) | null
  /** Called when the button is pointed at or focused. */
  onOlderIntent: () => void
}

/** Where in the list the page is, and the way to the pages beside it. */
export function HistoryFooter(props: HistoryFooterProps) {
  const { rowCount, offset, matchCount, selectedCount, size, onSize, newer, older, onOlderIntent } = props
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-surface px-4 py-1.5 text-ink-2 md:px-6">
      <span>{rangeText({ rowCount, offset, matchCount })}</span>
      {selectedCount > 0 && <span>{formatCount(selectedCount)} selected</span>}
      <label className="ml-auto flex items-center gap-2">
        Rows
        <select
          className="h-7 rounded-control border border-line-strong bg-surface px-1 text-ink pointer-coarse:h-11"
          value={size}
          onChange={(event) => onSize(Number(event.target.value))}
        >
          {pageSizes.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <nav aria-label="Pages" className="flex gap-2">
        <Button look="secondary" className="h-7 px-2" disabled={newer === null} onClick={newer ?? undefined}>
          <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
          Newer
        </Button>
        <Button
          look="secondary"
          className="h-7 px-2"
          disabled={older === null}
          onClick={older ?? undefined}
          onPointerEnter={onOlderIntent}
          onFocus={onOlderIntent}
        >
          Older
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      </nav>
    </footer>
  )
}

type RangeInput = Pick<HistoryFooterProps, 'rowCount' | 'offset' | 'matchCount'>

/** `1–50 of 1,000+`; where the place in the list is not known, `50 of 1,000+`. */
function rangeText({ rowCount, offset, matchCount }: RangeInput): string {
  const total = matchCount === undefined ? '' : ` of ${formatMatchCount(matchCount)}`
  if (rowCount === 0) return ''
  if (offset === null) return `${formatCount(rowCount)}${total}`
  return `${formatCount(offset + 1)}–${formatCount(offset + rowCount)}${total}`
}
