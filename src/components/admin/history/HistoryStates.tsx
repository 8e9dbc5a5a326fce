'use client'

import { ApiError } from '../../data/fetch-json'
import { Button } from '../../ui/button'
import { FilterChips } from './FilterChips'
import { noFilters, rangePhrases } from './filter-fields'
import { activeFilters } from './history-query'
import type { HistoryState } from './history-state'
import type { UpdateHistoryState } from './use-history-state'
import { formatMatchCount, useMatchCount } from './use-match-count'

type NoMatchProps = { state: HistoryState; update: UpdateHistoryState; version: number }

/** In place of the rows where there are none: what was asked for, and what to do about it. */
export function NoMatch({ state, update, version }: NoMatchProps) {
  const hasTime = state.range !== null || state.from !== null || state.to !== null
  const allTime = { range: null, from: null, to: null, cursor: null } as const
  const outside = useMatchCount({ ...state, ...allTime }, version, hasTime)
  const active = activeFilters(state)
  if (active.length === 1 && state.viewed === false) {
    return (
      <State text="You have viewed everything.">
        <Button look="secondary" onClick={() => update({ ...noFilters, view: null }, 'push')}>
          Show all
        </Button>
      </State>
    )
  }
  if (active.length === 0) return <State text="There is nothing on this page." />
  const when = state.range === null ? 'this time' : rangePhrases[state.range]
  return (
    <State text="No callbacks match these filters.">
      <div className="flex flex-wrap items-center gap-2">
        <FilterChips state={state} update={update} isWhole />
        {active.length === 1 && (
          <Button look="ghost" className="h-7 px-2" onClick={() => update(noFilters)}>
            Clear all
          </Button>
        )}
      </div>
      {outside !== undefined && outside > 0 && (
        <p className="flex flex-wrap items-center gap-2">
          {formatMatchCount(outside)} {outside === 1 ? 'matches' : 'match'} outside {when}.
          <Button look="secondary" className="h-7 px-2" onClick={() => update(allTime)}>
            Show all time
          </Button>
        </p>
      )}
    </State>
  )
}

function State({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 p-4 text-form md:p-6">
      <p role="status">{text}</p>
      {children}
    </div>
  )
}

type LoadFailedProps = { what: string; error: Error; loadedAtMs: number | null; onRetry: () => void }

/** Over the rows that are still there: why newer ones are not, and since when. */
export function LoadFailed({ what, error, loadedAtMs, onRetry }: LoadFailedProps) {
  const status = error instanceof ApiError ? error.status : 0
  const ref = error instanceof ApiError && error.ref !== null ? `, ref ${error.ref}` : ''
  const reason = status === 0 ? 'the server did not answer' : `${status}${ref}`
  const since = loadedAtMs === null ? '' : ` The list below is from ${clock(loadedAtMs)}.`
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-danger-solid border-b bg-danger-subtle px-4 py-2 md:px-6"
    >
      <span>
        Could not load {what} ({reason}).{since}
      </span>
      <Button look="secondary" className="h-7 px-2" onClick={onRetry}>
        Retry
      </Button>
    </div>
  )
}

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
