'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import type { SavedView } from '@/lib/saved-views/schemas'
import { tableDensity } from '../preferences/table-density'
import { ResultLine } from '../results/ResultLine'
import { FilterBar } from './history/FilterBar'
import { filterByCell } from './history/filter-by-cell'
import { HistoryFooter } from './history/HistoryFooter'
import { HistoryHeader } from './history/HistoryHeader'
import { HistorySelection } from './history/HistorySelection'
import { LoadFailed, NoMatch } from './history/HistoryStates'
import { HistoryTable } from './history/HistoryTable'
import { pageKey, viewQuery } from './history/history-query'
import { columnsShown } from './history/history-state'
import { NewRowsPill } from './history/NewRowsPill'
import type { RowActName } from './history/row-acts'
import { TableContext } from './history/table-context'
import { useActOnRows } from './history/use-act-on-rows'
import { useCallbackList } from './history/use-callback-list'
import { useFollow } from './history/use-follow'
import { useFreshUpdate } from './history/use-fresh-update'
import { useGridFocus } from './history/use-grid-focus'
import { type InitialHistory, useHistory } from './history/use-history'
import { useHistoryCommands } from './history/use-history-commands'
import { useHistoryShortcuts } from './history/use-history-shortcuts'
import { useHistoryState } from './history/use-history-state'
import { useMarkAll } from './history/use-mark-all'
import { useMatchCount } from './history/use-match-count'
import { usePaging } from './history/use-paging'
import { useSavedViews } from './history/use-saved-views'
import { useSelection } from './history/use-selection'
import { useViewedUpdates } from './history/use-viewed-updates'
import { useWaitingRows } from './history/use-waiting-rows'
import { ViewTabs } from './history/ViewTabs'
import { activeTab, differsFrom, stateOnTab, type ViewTab, viewTabs } from './history/view-tabs'

type HistoryTabProps = {
  initial: InitialHistory
  savedViews: readonly SavedView[]
  /** A sender's name tells nothing while there is but one. */
  showSource: boolean
  adminName: string
}

/** The history of callbacks: newest first, filtered by what the URL says, and worked through by mouse or keys. */
export function LLMCallbackHistoryTab({ initial, savedViews, showSource, adminName }: HistoryTabProps) {
  const [state, update] = useHistoryState()
  const go = useFreshUpdate(state, update)
  const rows = useHistory(state, initial)
  const { items } = rows.history
  useViewedUpdates(items)
  const grid = useRef<HTMLTableElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const [isFilterMenuOpen, setIsFilterMenuOpen] = useState(false)

  const focus = useGridFocus(grid, items)
  const selection = useSelection(items, pageKey(state))
  const showJob = useCallback((job: string) => go({ job, cursor: null }, 'push'), [go])
  const act = useActOnRows(adminName, showJob)
  const meant = selection.rows.length > 0 ? selection.rows : focus.focused === null ? [] : [focus.focused]
  const actOnMeant = (name: RowActName) => act(name, name.startsWith('open') && focus.focused ? [focus.focused] : meant)

  const { waiting, showNew, freshIds, isFirstPage } = useWaitingRows({ state, rows, update: go, scroller })
  const follow = useFollow({ rows: waiting, show: showNew, isFirstPage, isSelecting: selection.ids.size > 0, grid })
  const paging = usePaging(state, rows, go)
  const markAll = useMarkAll(state, items, adminName)
  const hasMore = rows.history.nextCursor !== null || !isFirstPage
  const counted = useMatchCount(state, rows.loadedAtMs, hasMore)
  const matchCount = hasMore ? counted : items.length
  useCallbackList(items, focus.focusRow)

  const density = tableDensity.use()
  const columns = useMemo(
    () => columnsShown(state).filter((id) => state.cols !== null || id !== 'source' || showSource),
    [state, showSource],
  )
  const context = useMemo(
    () => ({
      renderedAt: initial.renderedAt,
      search: state.q,
      hasSecondLine: (state.density ?? density) === 'relaxed',
    }),
    [initial.renderedAt, state.q, state.density, density],
  )

  const tab = (chosen: ViewTab) => go(stateOnTab(chosen), 'push')
  const views = useSavedViews(savedViews, (view) => {
    if (view) update({ view: view.id })
    else go({ view: null })
  })
  const tabs = viewTabs(views.views)
  const active = activeTab(tabs, state)

  useHistoryShortcuts({
    grid,
    focus,
    selection,
    act: actOnMeant,
    newer: paging.newer,
    older: paging.older,
    reload: rows.reload,
    search: () => search.current?.focus(),
    addFilter: () => setIsFilterMenuOpen(true),
    showNew,
    toggleFollow: follow.toggle,
  })
  useHistoryCommands({ update: go, tabs, onChooseTab: tab, rows: meant, act: actOnMeant, markAll })

  return (
    <div className="flex min-h-full flex-col md:h-dvh">
      <HistoryHeader follow={follow} unviewedCount={markAll.count} onMarkAll={markAll.run} />
      <ViewTabs
        tabs={tabs}
        active={active}
        isChanged={differsFrom(active, state)}
        query={viewQuery(state)}
        views={views}
        onChoose={tab}
      />
      <FilterBar
        state={state}
        update={go}
        searchRef={search}
        isMenuOpen={isFilterMenuOpen}
        onMenuOpenChange={setIsFilterMenuOpen}
        density={state.density ?? density}
        onDensityChange={(chosen) => {
          tableDensity.set(chosen)
          update({ density: chosen })
        }}
        matchCount={matchCount}
        onLeaveSearch={() => focus.move(0)}
      />
      {rows.error && (
        <LoadFailed what="callbacks" error={rows.error} loadedAtMs={rows.loadedAtMs} onRetry={rows.reload} />
      )}
      <div ref={scroller} data-scroller className="min-h-0 flex-1 md:overflow-auto">
        <NewRowsPill rows={waiting} onShow={showNew} />
        {items.length === 0 && !rows.isStale ? (
          <NoMatch state={state} update={go} version={rows.loadedAtMs} />
        ) : (
          <TableContext value={context}>
            <HistoryTable
              gridRef={grid}
              label="Callbacks, newest first"
              items={items}
              columns={columns}
              areColumnsChosen={state.cols !== null}
              density={state.density ?? density}
              isStale={rows.isStale}
              freshIds={freshIds}
              focus={focus}
              selection={selection}
              act={act}
              onFilterBy={(column, item, isExcluded) => {
                const changes = filterByCell(state, column, item, isExcluded)
                if (changes) go(changes)
              }}
            />
          </TableContext>
        )}
      </div>
      <HistorySelection
        state={state}
        selection={selection}
        items={items}
        matchCount={matchCount}
        act={act}
        onViewAll={markAll.run}
      />
      <HistoryFooter
        rowCount={items.length}
        offset={paging.offset}
        matchCount={matchCount}
        selectedCount={selection.rows.length}
        size={state.size}
        onSize={(size) => go({ size, cursor: null })}
        newer={paging.newer}
        older={paging.older}
        onOlderIntent={paging.prefetchOlder}
      />
      <ResultLine />
    </div>
  )
}
