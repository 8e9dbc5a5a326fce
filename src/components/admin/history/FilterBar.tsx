'use client'

import { SlidersHorizontal } from 'lucide-react'
import { lazy, type RefObject, Suspense, useState } from 'react'
import type { Density } from '../../preferences/densities'
import { Button } from '../../ui/button'
import { ColumnMenu } from './ColumnMenu'
import { DensityMenu } from './DensityMenu'
import { FilterChips } from './FilterChips'
import { FilterMenu } from './FilterMenu'
import { activeFilters } from './history-query'
import type { HistoryState } from './history-state'
import { SearchField } from './SearchField'
import { TimeRangeMenu } from './TimeRangeMenu'
import type { UpdateHistoryState } from './use-history-state'

const FilterSheet = lazy(() => import('./FilterSheet'))

type FilterBarProps = {
  state: HistoryState
  update: UpdateHistoryState
  searchRef: RefObject<HTMLInputElement | null>
  isMenuOpen: boolean
  onMenuOpenChange: (isOpen: boolean) => void
  density: Density
  onDensityChange: (density: Density) => void
  matchCount: number | undefined
  onLeaveSearch: () => void
}

/** Search, the active filters, and how the rows look; on narrow screens all but the search is in a sheet. */
export function FilterBar(props: FilterBarProps) {
  const { state, update, searchRef, isMenuOpen, onMenuOpenChange, density, onDensityChange, matchCount } = props
  const [isSheetOpen, setIsSheetOpen] = useState(false)
  const count = activeFilters(state).filter((key) => key !== 'q').length
  return (
    <div className="flex items-center gap-2 border-line border-b bg-surface px-4 py-2 md:flex-wrap md:px-6">
      <SearchField fieldRef={searchRef} state={state} update={update} onLeave={props.onLeaveSearch} />
      <Button look="secondary" className="h-7 px-2 md:hidden" onClick={() => setIsSheetOpen(true)}>
        <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden="true" />
        Filters{count > 0 && ` (${count})`}
      </Button>
      <Suspense>
        {isSheetOpen && (
          <FilterSheet onClose={() => setIsSheetOpen(false)} state={state} update={update} matchCount={matchCount} />
        )}
      </Suspense>
      <div className="contents max-md:hidden">
        <FilterChips state={state} update={update} />
        <FilterMenu state={state} update={update} isOpen={isMenuOpen} onOpenChange={onMenuOpenChange} />
        <div className="ml-auto flex items-center gap-1">
          <TimeRangeMenu state={state} update={update} />
          <ColumnMenu state={state} update={update} />
          <DensityMenu density={density} onChange={onDensityChange} />
        </div>
      </div>
    </div>
  )
}
