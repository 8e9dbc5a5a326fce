'use client'

import { formatCount } from '../../format'
import { Button } from '../../ui/button'
import { formatMatchCount } from './use-match-count'

type SelectionBarProps = {
  selectedCount: number
  /** The page is selected as a whole, and there is more that matches. */
  canSelectAll: boolean
  isAllMatching: boolean
  matchCount: number | undefined
  onSelectAll: () => void
  onView: () => void
  onHandle: () => void
  onCopyLinks: () => void
  onClear: () => void
}

/** What can be done to the selected rows; over the footer. */
export function SelectionBar(props: SelectionBarProps) {
  const { selectedCount, canSelectAll, isAllMatching, matchCount } = props
  const total = matchCount === undefined ? 'All' : `All ${formatMatchCount(matchCount)}`
  return (
    <section
      aria-label="Selection"
      className="flex flex-wrap items-center gap-2 border-line border-t bg-raised px-4 py-2 shadow-menu md:px-6"
    >
      <span className="font-medium">
        {isAllMatching ? `${total} selected` : `${formatCount(selectedCount)} selected`}
      </span>
      {canSelectAll && (
        <Button look="ghost" className="h-7 px-2 text-accent hover:text-accent" onClick={props.onSelectAll}>
          Select {total.toLowerCase()} that match
        </Button>
      )}
      <span className="ml-auto flex flex-wrap gap-2">
        <Button look="secondary" className="h-7 px-2" onClick={props.onView}>
          Mark viewed
        </Button>
        <Button look="secondary" className="h-7 px-2" onClick={props.onHandle}>
          Mark handled
        </Button>
        <Button look="secondary" className="h-7 px-2" onClick={props.onCopyLinks}>
          Copy links
        </Button>
        <Button look="ghost" className="h-7 px-2" onClick={props.onClear}>
          Clear
        </Button>
      </span>
    </section>
  )
}
